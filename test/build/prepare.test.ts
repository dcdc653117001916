import { deepEqual, equal } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

describe("build/prepare", function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-prepare-"));
    mkdirSync(path.join(folder, "build"));
    copyFileSync(path.join(ROOT, "build", "prepare.ts"), path.join(folder, "build", "prepare.ts"));
    writeFileSync(path.join(folder, "build", "main.ts"), 'console.log("built");\n');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** What a command of npm has it do, in a folder that is built or is not. */
  function prepared(command: string): string {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", require.resolve("tsx"), path.join(folder, "build", "prepare.ts")],
      { encoding: "utf8", env: { ...process.env, npm_command: command } },
    );
    equal(status, 0, stderr);
    return stdout;
  }

  it("builds for every command of npm, but for npx where all is built", () => {
    equal(prepared("exec"), "built\n");
    mkdirSync(path.join(folder, "dist", "cli"), { recursive: true });
    writeFileSync(path.join(folder, "dist", "cli", "main.js"), "");
    deepEqual(["exec", "ci", "pack"].map(prepared), ["", "built\n", "built\n"]);
  });
});
