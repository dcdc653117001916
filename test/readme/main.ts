import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { exportedState } from "../../bench/policy/exportedState";
import { captureGraph } from "../../cli/graph/captureGraph";
import { readmeCommands } from "./readmeCommands";

const ROOT = path.resolve(__dirname, "../..");

/** Exit codes that say that a command did what was asked: a finding is an answer, once it is printed. */
const ANSWERED = [0, 1];

/**
 * Follows the README as a newcomer would: clones the last commit into an empty folder and runs its commands there, line by
 * line, in the README's order. What its examples call a program, a pack and an exported state of somebody else is put
 * beside the clone. Commands that need an AWS account are named and not run. With `--here` nothing is cloned: what `.ci/run` has
 * not run yet in its own clean checkout runs there.
 */
async function main(here: boolean): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), "frugal-ml-readme-"));
  try {
    const clone = here ? ROOT : path.join(home, "frugal-ml");
    if (!here) execFileSync("git", ["clone", "--quiet", ROOT, clone]);
    const commands = readmeCommands(readFileSync(path.join(clone, "README.md"), "utf8"));
    for (const { command, kind } of commands) {
      if (kind === "account") {
        console.log(`-- ${command}: not run, it needs an AWS account`);
        continue;
      }
      if (here && command.startsWith("npm ci")) continue;
      // The others' folders use what the clone has installed by now.
      if (command.startsWith("npx ")) await putBeside(home, clone);
      runCommand(besideHere(command, home, here), clone);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** In `--here` the others' folders are not beside the checkout, so that nothing is left there. */
function besideHere(command: string, home: string, here: boolean): string {
  return here
    ? command.replace(/\.\.\/their-/, `${home}/their-`).replace("exported.json", `${home}/exported.json`)
    : command;
}

function runCommand(command: string, cwd: string): void {
  const started = Date.now();
  const { status, stdout } = spawnSync(command, {
    cwd,
    shell: true,
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`-- ${command}: exit ${status} after ${seconds} s`);
  const allowed = command.startsWith("npx frugal-ml ") ? ANSWERED : [0];
  if (status === null || !allowed.includes(status)) {
    throw new Error(
      `${command} ended with ${status}; the last that it printed:\n${stdout.toString("utf8").slice(-3000)}`,
    );
  }
  if (stdout.length === 0) throw new Error(`${command} printed nothing`);
}

/** A program, a pack and an exported state, where the README's examples look for them. */
async function putBeside(home: string, clone: string): Promise<void> {
  if (existsSync(path.join(home, "node_modules"))) return;
  symlinkSync(path.join(clone, "node_modules"), path.join(home, "node_modules"));
  cpSync(path.join(ROOT, "examples", "organisation"), path.join(home, "their-program"), { recursive: true });
  cpSync(path.join(ROOT, "test", "cli", "check", "fixtures", "acme"), path.join(home, "their-pack"), {
    recursive: true,
  });
  const graph = await captureGraph({ program: clone, stack: "dev", mode: "preview" });
  writeFileSync(path.join(clone === ROOT ? home : clone, "exported.json"), exportedState(graph));
}

main(process.argv.includes("--here")).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
