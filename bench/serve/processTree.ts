import { readdirSync, readFileSync } from "node:fs";

/** Linux's unit of processor time in `/proc`. */
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  readonly parent: number;
  readonly ticks: number;
}

/**
 * Seconds of processor time that a process and its living descendants have had.
 * @throws Error where there is no `/proc`
 */
export function treeCpuSeconds(root: number): number {
  const processes = new Map<number, ProcessTimes>();
  for (const name of readdirSync("/proc")) {
    const times = /^\d+$/.test(name) ? readTimes(name) : undefined;
    if (times !== undefined) processes.set(Number(name), times);
  }
  const isInside = (id: number): boolean => {
    for (let at = id; at > 0; at = processes.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  let ticks = 0;
  for (const [id, times] of processes) if (isInside(id)) ticks += times.ticks;
  return ticks / TICKS_PER_SECOND;
}

function readTimes(name: string): ProcessTimes | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${name}/stat`, "latin1");
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
  // The command stands in parentheses and may have spaces; state, parent and the rest follow it (proc(5)).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}
