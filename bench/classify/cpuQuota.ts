import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";

const ROOT = "/sys/fs/cgroup";
/** Microseconds in which the quota is dealt out. */
const PERIOD_US = 20_000;
/** Most that a group may weigh against the machine's other work, in version 1 and in version 2. */
const WEIGHT = { v1: 262_144, v2: 10_000 } as const;

/**
 * A control group of Linux's CPU controller, in version 1 or 2, whose processes together have no more than a share of a
 * processor, as those of a Lambda function have. It weighs as much as it may, so that what else runs on the machine takes
 * little of that share away.
 */
export class CpuQuota {
  private constructor(
    private readonly folder: string,
    /** In words, for the table. */
    readonly description: string,
  ) {}

  /**
   * @param vcpus processors, 1 for one whole
   * @throws CannotRunError where groups cannot be made, as without root
   */
  static create(vcpus: number): CpuQuota {
    const quota = String(Math.round(vcpus * PERIOD_US));
    const isV1 = existsSync(path.join(ROOT, "cpu", "cpu.cfs_quota_us"));
    const folder = path.join(
      isV1 ? path.join(ROOT, "cpu") : ROOT,
      `frugal-ml-bench-${process.pid}-${Math.round(vcpus * 1000)}`,
    );
    try {
      mkdirSync(folder);
      if (isV1) {
        writeFileSync(path.join(folder, "cpu.cfs_period_us"), String(PERIOD_US));
        writeFileSync(path.join(folder, "cpu.cfs_quota_us"), quota);
        writeFileSync(path.join(folder, "cpu.shares"), String(WEIGHT.v1));
      } else {
        writeFileSync(path.join(folder, "cpu.max"), `${quota} ${PERIOD_US}`);
        writeFileSync(path.join(folder, "cpu.weight"), String(WEIGHT.v2));
      }
    } catch (cause) {
      throw new CannotRunError("NoQuota", `no group of the CPU controller can be made: ${cause}`, { cause });
    }
    return new CpuQuota(
      folder,
      `${isV1 ? "cpu.cfs_quota_us of cgroup v1" : "cpu.max of cgroup v2"}, periods of ${PERIOD_US / 1000} ms`,
    );
  }

  /** A command line that begins its process inside of the group. */
  command(command: readonly string[]): readonly [file: string, args: readonly string[]] {
    return ["sh", ["-c", 'echo $$ > "$0" && exec "$@"', path.join(this.folder, "cgroup.procs"), ...command]];
  }

  /** How often the processes had to wait for the next period, so far. */
  throttled(): number {
    const [, count = "0"] =
      /^nr_throttled (\d+)$/m.exec(readFileSync(path.join(this.folder, "cpu.stat"), "utf8")) ?? [];
    return Number(count);
  }

  /** Removes the group, whose processes must have ended. */
  remove(): void {
    rmdirSync(this.folder);
  }
}
