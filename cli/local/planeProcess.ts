import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** What a process of the plane runs in. */
export interface PlaneProcessSettings {
  /** Arguments of Node.js: its own options, the program, and the program's arguments. */
  readonly args: readonly string[];
  readonly folder: string;
  /** Whole environment of the process; nothing is inherited. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Starts Node.js for a function or a container. The process ends when the plane's does, even when that is killed; one
 * that computes without a pause, when it pauses.
 */
export function startPlaneProcess({ args, folder, environment }: PlaneProcessSettings): ChildProcess {
  return spawn(process.execPath, ["--require", compiledFile("endsWithPlane.js"), ...args], {
    cwd: folder,
    env: environment,
    // The last is what the plane holds one end of while it lives.
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
}

/** A compiled file of this folder: a plane's processes run plain Node.js, whatever the command itself runs under. */
export function compiledFile(name: string): string {
  const compiled = path.join(__dirname, name);
  return existsSync(compiled) ? compiled : path.resolve(__dirname, "../../dist/cli/local", name);
}
