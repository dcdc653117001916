import { diskPercent, memoryPercent, type ProcessUsage, processUsage } from "./instanceUsage";
import type { ServingContainer } from "./servingContainer";
import type { VariantMetrics } from "./variantMetrics";

/** Milliseconds between two samples. */
const EVERY_MS = 10_000;

/** Samples what an instance uses, as CloudWatch has it of an endpoint's instances. */
export class InstanceMetrics {
  readonly #timer: NodeJS.Timeout;
  #last: { readonly pid: number; readonly at: number; readonly usage: ProcessUsage } | undefined;

  constructor(
    private readonly container: ServingContainer,
    private readonly root: string,
    private readonly metrics: VariantMetrics,
    private readonly loaded: () => number | undefined,
  ) {
    this.#timer = setInterval(() => void this.sample(), EVERY_MS).unref();
  }

  /** Takes one value of each metric that can be read. */
  async sample(): Promise<void> {
    const pid = this.container.life?.alive ? this.container.life.pid : undefined;
    const [usage, disk] = await Promise.all([
      pid === undefined ? undefined : processUsage(pid),
      diskPercent(this.root),
    ]);
    const loaded = this.loaded();
    if (loaded !== undefined) this.metrics.record("LoadedModelCount", loaded);
    if (disk !== undefined) this.metrics.record("DiskUtilization", disk);
    if (pid === undefined || usage === undefined) return;
    this.metrics.record("MemoryUtilization", memoryPercent(usage));
    const at = performance.now();
    if (this.#last?.pid === pid && at > this.#last.at) {
      const seconds = (at - this.#last.at) / 1000;
      this.metrics.record("CPUUtilization", (100 * (usage.cpuSeconds - this.#last.usage.cpuSeconds)) / seconds);
    }
    this.#last = { pid, at, usage };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
