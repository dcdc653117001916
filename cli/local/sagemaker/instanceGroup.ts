import { type InstanceExit, type InstanceLaunch, InstanceProcess } from "./instanceProcess";

/** Why instances were ended from outside. */
export type EndCause = "interrupted" | "stopped" | "timedOut";

/** How a group of instances ended: every one with 0, one with something else, or all from outside. */
export type GroupEnd =
  | { readonly how: "completed" }
  | { readonly how: "failed"; readonly exit: InstanceExit }
  | { readonly how: EndCause };

/** The instances of a job, which live and die together. */
export class InstanceGroup {
  #instances: readonly InstanceProcess[] = [];
  #cause: EndCause | undefined;
  #failure: InstanceExit | undefined;
  #ended = false;

  /** @param graceSeconds between the request to end and the end */
  constructor(private readonly graceSeconds: number) {}

  /**
   * Runs the instances to their end. When one fails, the others are ended too.
   * @param maxSeconds after which all are ended
   */
  async run(launches: readonly InstanceLaunch[], maxSeconds: number): Promise<GroupEnd> {
    if (this.#cause !== undefined) return { how: this.#cause };
    this.#instances = launches.map((launch) => new InstanceProcess(launch));
    // A timer cannot wait longer than a signed number of 32 bits can say.
    const timer = setTimeout(() => void this.end("timedOut"), Math.min(maxSeconds * 1000, 2 ** 31 - 1));
    await Promise.all(
      this.#instances.map(async (instance) => {
        const exit = await instance.exited;
        if (exit.code === 0 || this.#cause !== undefined || this.#failure !== undefined) return;
        this.#failure = exit;
        await this.#terminate(this.graceSeconds);
      }),
    );
    clearTimeout(timer);
    this.#ended = true;
    if (this.#failure !== undefined) return { how: "failed", exit: this.#failure };
    return { how: this.#cause ?? "completed" };
  }

  /**
   * Ends every instance, also those that did not start yet. The first cause counts.
   * @param first hosts that are ended before the others
   * @returns whether there was something to end
   */
  async end(cause: EndCause, graceSeconds = this.graceSeconds, first: readonly string[] = []): Promise<boolean> {
    if (this.#ended || this.#failure !== undefined) return false;
    this.#cause ??= cause;
    if (first.length > 0) await this.#terminate(graceSeconds, first);
    await this.#terminate(graceSeconds);
    return this.#cause === cause;
  }

  async #terminate(graceSeconds: number, hosts?: readonly string[]): Promise<void> {
    const chosen = this.#instances.filter(({ launch }) => hosts?.includes(launch.host) ?? true);
    await Promise.all(chosen.map((instance) => instance.terminate(graceSeconds)));
  }
}
