import { deepEqual, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readmeCommands } from "./readmeCommands";

describe("commands of the README", () => {
  it("are all of a kind that is run, or needs an account", () => {
    const commands = readmeCommands(readFileSync(path.resolve(__dirname, "../../README.md"), "utf8"));
    deepEqual(
      commands.slice(0, 2).map(({ command }) => command),
      ["npm ci && npm start", "npm ci && npm test"],
    );
    deepEqual(new Set(commands.map(({ kind }) => kind)), new Set(["run", "account"]));
  });

  it("lose their comments, and none is left out", () => {
    const page = "```sh\nnpm ci   # install\n\nnpx frugal-ml check\n```\ntext\n```text\nnot a command\n```\n";
    deepEqual(readmeCommands(page), [
      { command: "npm ci", kind: "run" },
      { command: "npx frugal-ml check", kind: "run" },
    ]);
    throws(() => readmeCommands("```sh\nrm -rf /\n```\n"), /no test knows how to run: rm/);
  });
});
