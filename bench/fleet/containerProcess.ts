import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { type FleetCommand, FleetEnvironment } from "../../contracts/fleetContainer";

const PROGRAM = path.resolve(__dirname, "../../dist/containers/forecast/main.js");

/**
 * Runs a command of the container's bundle to its end, in one process with one thread.
 * @throws Error when it ends with another code than 0
 */
export async function runContainer(root: string, command: FleetCommand): Promise<void> {
  const code = await exitOf(startContainer(root, command));
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
}

/** Starts a command of the container's bundle, in one process with one thread. */
export function startContainer(root: string, command: FleetCommand): ChildProcess {
  const env = { [FleetEnvironment.Root]: root, [FleetEnvironment.Workers]: "1" };
  return spawn(process.execPath, [PROGRAM, command], { env, stdio: "ignore" });
}

/** Exit code of a process; 137 of one that a signal ended. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 137)));
}
