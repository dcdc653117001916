import { Worker } from "node:worker_threads";
import { ContainerFailure } from "../containerFailure";
import type { AnsweredBatch, AskedBatch, Beginning, ModelThreadData } from "./threadMessages";

/** How a model thread is run. */
export interface ModelThreadOptions {
  /** File of its program. */
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Most MB of its heap; beyond that the thread ends, and the process does not. */
  readonly heapMb: number;
}

/** What happens to a thread. */
export interface ModelThreadEvents {
  answered(answers: AnsweredBatch): void;
  /** It ended after it was ready, for whatever reason but {@link ModelThreadHandle.end}. */
  ended(why: string): void;
}

/** One model thread, from its start to its end. */
export class ModelThreadHandle {
  readonly #begun = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  #over = false;
  /** Settles when it has loaded its module, or cannot. */
  readonly ready: Promise<void>;

  constructor({ program, environment, heapMb }: ModelThreadOptions, events: ModelThreadEvents) {
    const workerData: ModelThreadData = { begun: this.#begun.buffer as SharedArrayBuffer };
    const resourceLimits = { maxOldGenerationSizeMb: heapMb };
    this.#worker = new Worker(program, { workerData, env: environment, resourceLimits });
    let why = "it ended by itself";
    let began = false;
    this.ready = new Promise((resolve, reject) => {
      this.#worker.once("message", (beginning: Beginning) => {
        if (!beginning.ready) {
          this.#over = true;
          reject(new ContainerFailure(beginning.code, beginning.message));
          return;
        }
        began = true;
        this.#worker.on("message", (answers: AnsweredBatch) => {
          if (!this.#over) events.answered(answers);
        });
        resolve();
      });
      this.#worker.on("error", (error) => {
        why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      });
      this.#worker.on("exit", () => {
        reject(new ContainerFailure("ModuleFailed", `the model thread ended: ${why}`));
        if (this.#over || !began) return;
        this.#over = true;
        events.ended(why);
      });
    });
    // Whoever waits for it hears of it; nobody need.
    this.ready.catch(() => {});
  }

  /** Requests that it has begun. */
  get begun(): number {
    return Atomics.load(this.#begun, 0);
  }

  send(batch: AskedBatch): void {
    this.#worker.postMessage(batch);
  }

  /** Ends it without a word to {@link ModelThreadEvents}. */
  async end(): Promise<void> {
    this.#over = true;
    await this.#worker.terminate();
  }
}
