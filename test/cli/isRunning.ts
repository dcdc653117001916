import { existsSync, readFileSync } from "node:fs";

/** Whether a process runs; one that has ended and waits for its parent to hear of it does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/stat`;
    return !(existsSync(status) && readFileSync(status, "utf8").includes(") Z "));
  } catch {
    return false;
  }
}

/** Waits until none of the processes runs. @returns those that still run after so many milliseconds */
export async function stillRunning(pids: readonly number[], milliseconds: number): Promise<readonly number[]> {
  for (const until = Date.now() + milliseconds; Date.now() < until; ) {
    if (!pids.some(isRunning)) return [];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return pids.filter(isRunning);
}
