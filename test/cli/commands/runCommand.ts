import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sourceArguments } from "../../compiled/sourceArguments";
import { REPOSITORY } from "../local/handmadePlane";

/** What a finished command left. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface RunningCommand {
  readonly child: ChildProcess;
  readonly result: Promise<CommandResult>;
  /** Resolves with what was printed as soon as that matches. */
  printed(pattern: RegExp): Promise<string>;
}

/** Caches of what runs and compiles the sources; the names end with a user's id, and with a hash. */
const CACHES = /^(tsx|ts-node)-/;

/** Lets a temporary folder of a test have the caches that there are: compiling everything anew would take most of its time. */
function shareCaches(folder: string): void {
  const there = readdirSync(folder);
  for (const cache of readdirSync(tmpdir()).filter((name) => CACHES.test(name) && !there.includes(name))) {
    symlinkSync(path.join(tmpdir(), cache), path.join(folder, cache));
  }
}

/** Starts `frugal-ml` as a user does, in a process of its own. */
export function startCommand(args: readonly string[], environment: NodeJS.ProcessEnv = {}): RunningCommand {
  if (environment["TMPDIR"] !== undefined) shareCaches(environment["TMPDIR"]);
  const child = spawn(process.execPath, [...sourceArguments(), "cli/main.ts", ...args], {
    cwd: REPOSITORY,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  const result = once(child, "close").then(() => ({ exitCode: child.exitCode, ...texts }));
  const printed = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(texts.stdout)) {
      const ended = await Promise.race([once(child.stdout, "data").then(() => undefined), result]);
      if (ended && !pattern.test(texts.stdout)) throw new Error(`ended without printing ${pattern}: ${ended.stderr}`);
    }
    return texts.stdout;
  };
  return { child, result, printed };
}

/** Runs `frugal-ml` to its end. */
export function runCommand(args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<CommandResult> {
  return startCommand(args, environment).result;
}
