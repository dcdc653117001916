import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Version of cfn-guard on crates.io. Other registries have no build of its command line. */
export const GUARD_VERSION = "3.2.1";

/**
 * The command of cfn-guard, compiled once from crates.io: minutes, of one core.
 * @param folder its own
 * @returns its path; undefined where it cannot be had, for example without Rust, after saying why
 */
export async function guardCommand(folder: string): Promise<string | undefined> {
  const root = path.join(folder, GUARD_VERSION);
  const command = path.join(root, "bin", "cfn-guard");
  if (existsSync(command)) return command;
  console.error(`Compiling cfn-guard ${GUARD_VERSION} …`);
  try {
    await run(
      "cargo",
      ["install", "cfn-guard", "--version", GUARD_VERSION, "--locked", "--jobs", "1", "--root", root],
      {
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    return command;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    console.error(`cfn-guard ${GUARD_VERSION} cannot be had from crates.io and is left out: ${reason}`);
    return undefined;
  }
}
