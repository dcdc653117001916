import { setTimeout as sleep } from "node:timers/promises";
import { ContainerLife, type ContainerSettings } from "./containerLife";
import { RuntimeError } from "./runtimeError";

/** Starts in a row that may fail before the container is given up. */
const FAILED_STARTS = 5;

/** Milliseconds before a start: doubled with each that failed, up to the longest. */
const BACKOFF_MS = { first: 100, longest: 5000 };

/** A container that is kept running: when its process ends it is started again. */
export class ServingContainer {
  /** Starts after the first. */
  restarts = 0;
  #life: ContainerLife | undefined;
  #ready = waiting();
  #failure: string | undefined;
  #wasHealthy = false;
  readonly #stopped = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly settings: ContainerSettings) {}

  /** Whether it has been healthy once. */
  get wasHealthy(): boolean {
    return this.#wasHealthy;
  }

  /** Why it was given up; undefined while it runs or is being started. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** The process that runs at this moment. */
  get life(): ContainerLife | undefined {
    return this.#life;
  }

  /** Starts it. What becomes of it is told by {@link healthy}. */
  start(): void {
    this.#running = this.#keepRunning();
  }

  /** Waits until it is healthy. @throws RuntimeError ServiceUnavailable when it was given up or stopped */
  healthy(): Promise<ContainerLife> {
    return this.#ready.promise;
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#life?.stop();
    await this.#running;
    this.#ready.reject(new RuntimeError("ServiceUnavailable", `Container ${this.settings.name} was stopped.`));
  }

  async #keepRunning(): Promise<void> {
    const { log } = this.settings;
    for (let failed = 0; !this.#stopped.signal.aborted; this.restarts++) {
      const life = await ContainerLife.start(this.settings);
      this.#life = life;
      if (this.#stopped.signal.aborted) return life.stop();
      if (await life.healthy()) {
        failed = 0;
        this.#wasHealthy = true;
        this.#ready.resolve(life);
      } else {
        failed++;
        // One that runs but is not healthy in time goes, too.
        await life.stop();
      }
      const how = await life.ended;
      if (this.#stopped.signal.aborted) return;
      if (failed === 0) this.#ready = waiting();
      log(`the container's process ended (${how})${failed === 0 ? "" : " before it was healthy"}`);
      if (failed === FAILED_STARTS) {
        this.#failure = `The container did not pass the ping health check in ${FAILED_STARTS} starts; the last ended with ${how}.`;
        this.#ready.reject(new RuntimeError("ServiceUnavailable", this.#failure));
        return;
      }
      const pause = Math.min(BACKOFF_MS.first * 2 ** failed, BACKOFF_MS.longest);
      await sleep(pause, undefined, { signal: this.#stopped.signal }).catch(() => {});
    }
  }
}

interface Waiting {
  readonly promise: Promise<ContainerLife>;
  resolve(life: ContainerLife): void;
  reject(error: Error): void;
}

function waiting(): Waiting {
  let [resolve, reject]: [Waiting["resolve"], Waiting["reject"]] = [() => {}, () => {}];
  const promise = new Promise<ContainerLife>((res, rej) => {
    [resolve, reject] = [res, rej];
  });
  // Nobody may be waiting when it fails.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
