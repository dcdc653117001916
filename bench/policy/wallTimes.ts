import { spawn } from "node:child_process";
import { median } from "../serve/median";
import type { Contestant } from "./contestants";

/** Wall times of one workload, in milliseconds by contestant: those of every round. */
export interface WallTimes {
  readonly resources: number;
  readonly times: ReadonlyMap<string, readonly number[]>;
}

/**
 * Runs everyone once untimed, so that files are in memory and bytecode is written, and then by turns.
 * @throws Error when a contestant fails, or does not judge all of the workload
 */
export async function measureWallTimes(
  resources: number,
  contestants: readonly Contestant[],
  rounds: number,
): Promise<WallTimes> {
  for (const contestant of contestants) await judgeOnce(contestant);
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      times.set(contestant.name, [...(times.get(contestant.name) ?? []), await judgeOnce(contestant)]);
    }
  }
  return { resources, times };
}

/** The median of a contestant's rounds. */
export function medianOf({ times }: WallTimes, name: string): number {
  return median(times.get(name) ?? []);
}

/** The median of each round's own ratio of two contestants. */
export function ratioOf({ times }: WallTimes, name: string, peer: string): number {
  const others = times.get(peer) ?? [];
  return median((times.get(name) ?? []).map((time, round) => time / (others[round] ?? Number.NaN)));
}

/** @returns milliseconds from the start of the process to its end */
function judgeOnce({ name, command, args, ends, judged }: Contestant): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const milliseconds = performance.now() - started;
      if (code === null || !ends.includes(code)) reject(new Error(`${name} ended with ${code}: ${errors}${output}`));
      else if (!judged(output)) reject(new Error(`${name} did not judge all of it: ${output.slice(0, 2_000)}`));
      else resolve(milliseconds);
    });
  });
}
