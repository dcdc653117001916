import { readFileSync } from "node:fs";
import { totalmem } from "node:os";

/** Where Linux says what a container may take: cgroup v2, and v1 (docs.kernel.org/admin-guide/cgroup-v2.html). */
const LIMIT_FILES = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];

/** Bytes of memory that this container has: its limit, or the machine's when it has none. */
export function availableMemory(files: readonly string[] = LIMIT_FILES): number {
  for (const file of files) {
    try {
      const limit = Number(readFileSync(file, "utf8").trim());
      // Without a limit v2 says `max`, and v1 a number beyond any machine.
      if (limit > 0 && limit < totalmem()) return limit;
    } catch {
      // Neither is there on a machine without cgroups.
    }
  }
  return totalmem();
}
