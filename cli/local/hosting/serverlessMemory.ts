import type { ServerlessSettings } from "./hostedConfiguration";
import type { HostedVariant } from "./hostedVariant";
import { processUsage } from "./instanceUsage";
import { RuntimeError } from "./runtimeError";

/** Milliseconds between two looks at a container's memory. */
const LOOK_EVERY_MS = 250;

const MEGABYTE = 1024 * 1024;

/** The memory of a serverless variant: how many invocations it has at once, how much each container may take, and when it goes. */
export class ServerlessMemory {
  #underWay = 0;
  #idle: NodeJS.Timeout | undefined;
  readonly #watch: NodeJS.Timeout;

  /** @param idleMs without an invocation until the container ends */
  constructor(
    private readonly variant: HostedVariant,
    private readonly settings: ServerlessSettings,
    private readonly idleMs: number,
    private readonly log: (line: string) => void,
  ) {
    this.#watch = setInterval(() => void this.#enforce(), LOOK_EVERY_MS).unref();
    this.#restLater();
  }

  /**
   * Runs an invocation in memory of its own.
   * @throws RuntimeError ThrottlingException when as many are under way as may be, and whatever `invoke` throws
   */
  async run<T>(invoke: () => Promise<T>): Promise<T> {
    const { maxConcurrency } = this.settings;
    if (this.#underWay >= maxConcurrency) {
      const { endpointName } = this.variant.settings;
      throw new RuntimeError(
        "ThrottlingException",
        `Rate exceeded: endpoint ${endpointName} answers ${maxConcurrency} invocations at the same time, its MaxConcurrency.`,
      );
    }
    this.#underWay++;
    clearTimeout(this.#idle);
    try {
      return await invoke();
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) this.#restLater();
    }
  }

  stop(): void {
    clearTimeout(this.#idle);
    clearInterval(this.#watch);
  }

  #restLater(): void {
    // Memory that is provisioned is kept ready.
    if ((this.settings.provisioned ?? 0) > 0) return;
    this.#idle = setTimeout(() => {
      // One that is still being started is looked at again.
      if (this.variant.inService) this.variant.rest();
      else this.#restLater();
    }, this.idleMs).unref();
  }

  /** Ends what takes more memory than it has; it is started again. Where the system does not tell (not Linux), nothing is ended. */
  async #enforce(): Promise<void> {
    for (const { container } of this.variant.containers) {
      const life = container?.life;
      if (life?.pid === undefined || !life.alive) continue;
      const usage = await processUsage(life.pid);
      if (usage === undefined || usage.residentBytes <= this.settings.memoryMb * MEGABYTE) continue;
      this.log(`the container used more than its ${this.settings.memoryMb} MB of memory`);
      await life.kill();
    }
  }
}
