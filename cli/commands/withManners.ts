import { type Command, Option } from "commander";
import { CommandLineProblems } from "../../contracts/commandLineProblems";
import { COMMAND_HELP, type CommandHelp, EXIT_CODES } from "./commandHelp";

/** Width of a column of exit codes. */
const INDENT = "  ";

/**
 * Gives a command, and all below it, what every command has: examples and exit codes in its help, suggestions for what
 * is misspelt, errors that are thrown rather than ending the process, and `--json` where there are formats.
 * @param path names below the program's, for example `models list`; empty for the program itself
 */
export function withManners(command: Command, path = ""): Command {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText("after", helpText(path, command.commands.length > 0));
  const hasFormats = command.options.some(({ long }) => long === "--format");
  if (hasFormats && !command.options.some(({ long }) => long === "--json")) withJsonAlias(command);
  for (const child of command.commands) withManners(child, `${path} ${child.name()}`.trimStart());
  return command;
}

/** Examples and exit codes, as they stand at the end of a command's help. */
function helpText(path: string, hasCommands: boolean): string {
  const help: CommandHelp | undefined = COMMAND_HELP[path];
  const examples = (help?.examples ?? []).flatMap(({ what, command }) => [`${INDENT}# ${what}`, `${INDENT}${command}`]);
  const codes = Object.entries({ ...EXIT_CODES, ...help?.exitCodes }).map(
    ([code, what]) => `${INDENT}${code}  ${what}`,
  );
  return [
    ...(examples.length > 0 ? ["", "Examples:", ...examples] : []),
    ...(hasCommands ? [] : ["", "Exit codes:", ...codes]),
  ].join("\n");
}

function withJsonAlias(command: Command): void {
  command.addOption(new Option("--json", "the same as --format json"));
  command.hook("preAction", (_, asked) => {
    if (asked !== command || asked.getOptionValue("json") !== true) return;
    const format: unknown = asked.getOptionValue("format");
    if (asked.getOptionValueSource("format") === "cli" && format !== "json") {
      const problems = new CommandLineProblems();
      problems.refuse("--json, --format", format, "one of them");
      throw problems.error();
    }
    asked.setOptionValue("format", "json");
  });
}
