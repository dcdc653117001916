import { readFile, statfs } from "node:fs/promises";
import { totalmem } from "node:os";

/** Clock ticks of a second in `/proc`, which Linux fixes at 100 for programs (man 5 proc_pid_stat). */
const TICKS = 100;

/** What a process uses. */
export interface ProcessUsage {
  readonly residentBytes: number;
  /** Since its start. */
  readonly cpuSeconds: number;
}

/** Memory and processor time of a process; undefined where the system does not tell, or when it has ended. */
export async function processUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile(`/proc/${pid}/status`, "utf8"),
    ]);
    // The name stands in parentheses and may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
    const ticks = Number(fields[11]) + Number(fields[12]);
    if (Number.isNaN(kilobytes + ticks)) return undefined;
    return { residentBytes: kilobytes * 1024, cpuSeconds: ticks / TICKS };
  } catch {
    return undefined;
  }
}

/** Share of this machine's memory, in percent. */
export function memoryPercent({ residentBytes }: ProcessUsage): number {
  return (100 * residentBytes) / totalmem();
}

/** Share of the file system that a folder is on, in percent; undefined where the system does not tell. */
export async function diskPercent(folder: string): Promise<number | undefined> {
  try {
    const { blocks, bfree } = await statfs(folder);
    return blocks === 0 ? undefined : (100 * (blocks - bfree)) / blocks;
  } catch {
    return undefined;
  }
}
