import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { type Command, CommanderError } from "commander";
import { outliveClosedPipe } from "../../../cli/commands/closedPipe";
import { COMMAND_HELP } from "../../../cli/commands/commandHelp";
import { commandLine } from "../../../cli/main";
import { callCommand } from "./callCommand";
import { leafCommands, rehearsed, shellWords } from "./commandTree";
import { startCommand } from "./runCommand";

const STATE = join(__dirname, "..", "check", "source", "fixtures", "state.json");

/** Parses one command line without doing what it asks; the command that would have run, and what was printed. */
async function parsed(...args: string[]): Promise<{ readonly command: Command | undefined; readonly printed: string }> {
  const program = await commandLine(args[0]);
  let command: Command | undefined;
  const { printed } = rehearsed(program, (one) => {
    command = one;
  });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return { command, printed: printed.join("") };
}

describe("manners of the command line", function () {
  this.timeout(60_000);
  let all: readonly { readonly path: string; readonly command: Command }[];

  before(async () => {
    all = leafCommands(await commandLine());
  });

  it("shows examples of every command, and every example is a command line that exists", async () => {
    const paths = [...all.map(({ path }) => path), ""];
    deepEqual(
      paths.filter((path) => (COMMAND_HELP[path]?.examples ?? []).length === 0),
      [],
    );
    deepEqual(
      Object.keys(COMMAND_HELP).filter((path) => !paths.includes(path)),
      [],
    );
    for (const [path, { examples }] of Object.entries(COMMAND_HELP)) {
      for (const { command: line } of examples) {
        const words = shellWords(line.slice(line.indexOf("frugal-ml")));
        const { command, printed } = await parsed(...words.slice(1));
        ok(command, `${line}: ${printed}`);
        ok(line.includes(`frugal-ml ${path}`), `${line} is an example of ${path}`);
      }
    }
  });

  it("explains the exit codes in the help of every command", async () => {
    for (const { path } of all) {
      const { printed } = await parsed(...path.split(" "), "--help");
      match(
        printed,
        /^Usage: frugal-ml [\s\S]+\nExamples:\n {2}# [\s\S]+\nExit codes:\n {2}0 {2}.+\n {2}1 {2}.+\n {2}2 {2}/,
        path,
      );
    }
    match((await parsed("--help")).printed, /\nExamples:\n {2}# [\s\S]+\n {2}frugal-ml check --stack prod\n/);
  });

  it("has --json for every command", () => {
    for (const { path, command } of all)
      ok(
        command.options.some(({ long }) => long === "--json"),
        path,
      );
  });

  it("takes --json as --format json, and refuses both when they differ", async () => {
    const formats = all.filter(({ command }) => command.options.some(({ long }) => long === "--format"));
    ok(formats.length >= 3);
    for (const name of ["check", "price"]) {
      equal((await parsed(name)).command?.opts()["format"], "text", name);
      equal((await parsed(name, "--json")).command?.opts()["format"], "json", name);
      equal((await parsed(name, "--json", "--format", "json")).command?.opts()["format"], "json", name);
      await rejects(parsed(name, "--json", "--format", "markdown"), {
        code: "BadUsage",
        message: /--json, --format: given "markdown"; allowed: one of them/,
      });
    }
  });

  it("prints its version, and suggests what an unknown command or option may have meant", async () => {
    match((await parsed("--version")).printed, /^\d+\.\d+\.\d+\n$/);
    equal((await parsed("chek")).printed, "error: unknown command 'chek'\n(Did you mean check?)\n");
    equal(
      (await parsed("check", "--stak", "dev")).printed,
      "error: unknown option '--stak'\n(Did you mean --stack?)\n",
    );
    equal((await parsed("models", "lst")).printed, "error: unknown command 'lst'\n(Did you mean list?)\n");
  });

  it("ends with 2 when it was not understood", async () => {
    const { exitCode, stdout, stderr } = await callCommand(["prices", "update", "--regoin", "eu-west-1"]);
    deepEqual([exitCode, stdout], [2, ""]);
    equal(stderr, "error: unknown option '--regoin'\n(Did you mean --region?)\n");
  });

  it("keeps its verdict, and quiet, when nobody reads on", async () => {
    const { child, result } = startCommand(["check", "--state", STATE]);
    child.stdout?.destroy();
    const { exitCode, stderr } = await result;
    deepEqual([exitCode, stderr], [1, ""]);
  });

  it("hides no other error of a stream", () => {
    const stream = new PassThrough();
    outliveClosedPipe(stream);
    stream.emit("error", Object.assign(new Error("closed"), { code: "EPIPE" }));
    let thrown: unknown;
    try {
      stream.emit("error", Object.assign(new Error("full"), { code: "ENOSPC" }));
    } catch (error) {
      thrown = error;
    }
    match(String(thrown), /full/);
  });
});
