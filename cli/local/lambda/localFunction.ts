import { ExecutionEnvironment, type FunctionSettings } from "./executionEnvironment";
import { FunctionError, type InvocationAnswer } from "./runtimeApi";

/** What all processes of a function used. */
export interface FunctionUsage {
  /** CPU time of all events, in milliseconds; the start of the processes is not counted. */
  readonly cpuMs: number;
  readonly invocations: number;
  /** Largest resident memory of one process, in bytes. */
  readonly peakRssBytes: number;
}

/**
 * A Lambda function on this machine: as many execution environments as events run at once, up to its concurrency;
 * further events wait for their turn. An environment that died is replaced.
 */
export class LocalFunction {
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #turns: (() => void)[] = [];
  #running = 0;
  #invocations = 0;
  #cpuMs = 0;
  #peakRssBytes = 0;
  #stopped = false;

  /** @param concurrency most events at once; with 0 the function does not run, as in the cloud */
  constructor(
    readonly settings: FunctionSettings,
    private readonly concurrency: number,
  ) {}

  /**
   * Runs one event.
   * @returns its answer, from the first byte on
   * @throws FunctionError when the function fails, times out, uses more than its memory, or may not run at all
   */
  async invoke(event: unknown): Promise<InvocationAnswer> {
    if (this.concurrency === 0) throw new FunctionError("TooManyRequestsException", "Rate Exceeded.");
    await this.#takeTurn();
    let environment: ExecutionEnvironment;
    try {
      environment = await this.#environment();
    } catch (error) {
      this.#giveTurn();
      throw error;
    }
    const { begun, answer, settled } = environment.invoke(JSON.stringify(event));
    let before: number | undefined;
    void begun.then(() => {
      before = environment.usage.cpuMicros;
    });
    void settled.then(() => this.#release(environment, before ?? environment.usage.cpuMicros));
    return answer;
  }

  /** What the function used so far. */
  get usage(): FunctionUsage {
    return { cpuMs: this.#cpuMs, invocations: this.#invocations, peakRssBytes: this.#peakRssBytes };
  }

  /** Starts as many environments as run at once, so that a measurement does not count their start. */
  async warm(): Promise<void> {
    while (this.#all.size < this.concurrency) {
      const environment = await this.#start();
      this.#idle.push(environment);
    }
  }

  /** Ends every process. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#all].map((environment) => environment.stop()));
    this.#all.clear();
  }

  async #environment(): Promise<ExecutionEnvironment> {
    for (;;) {
      if (this.#stopped) throw stopped();
      const idle = this.#idle.pop();
      if (idle === undefined) return this.#start();
      if (idle.alive) return idle;
      this.#forget(idle);
    }
  }

  async #start(): Promise<ExecutionEnvironment> {
    const environment = await ExecutionEnvironment.start(this.settings);
    this.#all.add(environment);
    if (!this.#stopped) return environment;
    // The plane stopped meanwhile, and has not seen this process.
    this.#forget(environment);
    throw stopped();
  }

  #release(environment: ExecutionEnvironment, cpuBefore: number): void {
    const { cpuMicros, rssBytes } = environment.usage;
    this.#invocations++;
    this.#cpuMs += Math.max(0, cpuMicros - cpuBefore) / 1000;
    this.#peakRssBytes = Math.max(this.#peakRssBytes, rssBytes);
    if (environment.alive && !this.#stopped) this.#idle.push(environment);
    else this.#forget(environment);
    this.#giveTurn();
  }

  #forget(environment: ExecutionEnvironment): void {
    this.#all.delete(environment);
    void environment.stop();
  }

  #takeTurn(): Promise<void> | undefined {
    if (this.#running < this.concurrency) {
      this.#running++;
      return undefined;
    }
    return new Promise((resolve) => this.#turns.push(resolve));
  }

  #giveTurn(): void {
    const next = this.#turns.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}

function stopped(): FunctionError {
  return new FunctionError("Runtime.ExitError", "The plane stopped.");
}
