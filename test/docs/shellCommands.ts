import { shellWords } from "../cli/commands/commandTree";

/** A command that a page shows, with the words as a shell would split them. */
export interface ShownCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** Commands of a block for the shell, one for each part of a pipe or list. */
export function shownCommands(code: string): readonly ShownCommand[] {
  return code
    .replace(/\\\n/g, " ")
    .split("\n")
    .flatMap((line) => withoutComment(line).split(/\s(?:&&|\|\||[|;])\s/))
    .flatMap((part) => {
      const [program, ...args] = spoken(part);
      return program === undefined ? [] : [{ program, args }];
    });
}

/** What npm would run by `npm start -- --serve`: the command behind the script, with its arguments. */
export function behindNpm({ program, args }: ShownCommand): ShownCommand | undefined {
  if (program === "npx") return args[0] === undefined ? undefined : { program: args[0], args: args.slice(1) };
  if (program !== "npm" || args[0] !== "start") return program === "npm" ? undefined : { program, args };
  const from = args.indexOf("--");
  return { program: "frugal-ml", args: ["local", ...(from === -1 ? [] : args.slice(from + 1))] };
}

/** Words of a command: no variables before it, no redirections, and nothing that only says that there may be more. */
function spoken(part: string): readonly string[] {
  const plain = part
    .replace(/"?\$\([^()]*\)"?/g, "SUBSTITUTED")
    .replace(/\s\d?>>?\s*\S+/g, " ")
    .replace(/[[\]]/g, "");
  const words = shellWords(plain).filter((word) => word !== "…" && word !== "...");
  const first = words.findIndex((word) => !/^(export|[A-Z_]+=.*)$/.test(word));
  return first === -1 ? [] : words.slice(first);
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, "");
}
