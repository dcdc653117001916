import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { containerLog } from "../containerLog";
import type { Form } from "./exchangeFormat";
import type { Invocation, ModelHost, TakeAnswer } from "./modelHost";
import { servingErrorOf } from "./modelShelf";
import { ModelThreadHandle, type ModelThreadOptions } from "./modelThreadHandle";
import { ServingError } from "./servingError";
import { ANSWERED_FIELDS, type AnsweredBatch, Ask, type AskedBatch } from "./threadMessages";

/** How a thread is watched. */
export interface ThreadLimits {
  /** Milliseconds that one request may keep the thread busy; shorter than the time for an answer, so that those behind it get one. */
  readonly busyMs: number;
  /** Milliseconds until an answer. */
  readonly answerMs: number;
  /** Milliseconds between looks. */
  readonly everyMs: number;
}

const { answerSeconds } = SERVICE_LIMITS.sagemaker.serving;
const LIMITS: ThreadLimits = {
  busyMs: (answerSeconds - 10) * 1000,
  answerMs: (answerSeconds - 2) * 1000,
  everyMs: 500,
};

/** Starts in a row that may fail before the process gives up. */
const STARTS = 5;

/** Milliseconds between them. */
const START_AGAIN_MS = 500;

const CRASHED = failure(500, "ModelCrashed", "the model ended its thread");
const TIMED_OUT = failure(504, "ModelTimeout", "the model did not answer in time");

/** What the thread was asked and has not answered. Answers come in the order of the requests. */
interface Asked {
  readonly ask: Ask;
  readonly id: number;
  readonly body: string;
  readonly asked: Form;
  readonly answered: Form;
  readonly since: number;
  /** Threads that ended while it waited. */
  tries: number;
  take: TakeAnswer | undefined;
}

/**
 * Models in a thread of their own: whatever one of them does, the server goes on. A thread that ends, or is kept busy by one
 * request for too long, is replaced; that request fails, those behind it are asked again, and models are read again
 * when they are asked for.
 */
export class ThreadHost implements ModelHost {
  #thread: ModelThreadHandle;
  /** Beginning at `#head`. */
  #waiting: Asked[] = [];
  #head = 0;
  #answered = 0;
  #outbox: AskedBatch = [];
  #busy = { begun: 0, since: 0 };
  #failedStarts = 0;
  #stopped = false;
  readonly #loaded = new Set<number>();
  readonly #sources = new Map<number, () => Promise<string>>();
  readonly #reloading = new Map<number, Promise<void>>();
  readonly #watch: NodeJS.Timeout;
  readonly #flush = (): void => {
    const batch = this.#outbox;
    this.#outbox = [];
    if (batch.length > 0) this.#thread.send(batch);
  };

  private constructor(
    private readonly options: ModelThreadOptions,
    private readonly limits: ThreadLimits,
    private readonly giveUp: () => void,
  ) {
    this.#thread = this.#start();
    this.#watch = setInterval(() => this.#look(), limits.everyMs);
    this.#watch.unref();
  }

  /**
   * Starts a thread, and waits until it has loaded its module.
   * @param giveUp is called when threads end as soon as they start
   * @throws ContainerFailure when it cannot
   */
  static async start(options: ModelThreadOptions, giveUp: () => void, limits = LIMITS): Promise<ThreadHost> {
    const host = new ThreadHost(options, limits, giveUp);
    try {
      await host.#thread.ready;
    } catch (error) {
      await host.stop();
      throw error;
    }
    return host;
  }

  async load(id: number, text: string, readAgain: () => Promise<string>): Promise<number> {
    const bytes = await this.#load(id, text);
    this.#sources.set(id, readAgain);
    return bytes;
  }

  async unload(id: number): Promise<void> {
    this.#sources.delete(id);
    if (!this.#loaded.delete(id)) return;
    await new Promise<void>((resolve) => this.#ask(Ask.Unload, id, "", 0, 0, () => resolve()));
  }

  invoke(id: number, { body, asked, answered }: Invocation, take: TakeAnswer): void {
    if (this.#loaded.has(id)) this.#ask(Ask.Invoke, id, body, asked, answered, take);
    else void this.#reloadAndInvoke(id, { body, asked, answered }, take);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#watch);
    await this.#thread.end();
    for (const { take } of this.#waiting.splice(0)) take?.(...failure(503, "Stopping", "the container stops"));
  }

  #ask(ask: Ask, id: number, body: string, asked: Form, answered: Form, take: TakeAnswer): void {
    this.#push({ ask, id, body, asked, answered, since: performance.now(), tries: 0, take });
  }

  #push(request: Asked): void {
    this.#waiting.push(request);
    if (this.#outbox.length === 0) setImmediate(this.#flush);
    this.#outbox.push(request.ask, request.id, request.body, request.asked, request.answered);
  }

  #take(answers: AnsweredBatch): void {
    for (let at = 0; at < answers.length; at += ANSWERED_FIELDS) {
      const request = this.#waiting[this.#head] as Asked;
      this.#head++;
      this.#answered++;
      request.take?.(answers[at] as number, answers[at + 1] as string, answers[at + 2] as string);
    }
    if (this.#head === this.#waiting.length) {
      this.#waiting.length = 0;
      this.#head = 0;
    } else if (this.#head > 1024) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
  }

  async #load(id: number, text: string): Promise<number> {
    this.#loaded.add(id);
    try {
      return await new Promise<number>((resolve, reject) => {
        this.#ask(Ask.Load, id, text, 0, 0, (status, code, body) => {
          if (status === 200) resolve(Number(body));
          else reject(errorOf(status, code, body));
        });
      });
    } catch (error) {
      this.#loaded.delete(id);
      throw error;
    }
  }

  async #reloadAndInvoke(id: number, invocation: Invocation, take: TakeAnswer): Promise<void> {
    try {
      let under = this.#reloading.get(id);
      if (under === undefined) {
        under = this.#reload(id).finally(() => this.#reloading.delete(id));
        this.#reloading.set(id, under);
      }
      await under;
    } catch (error) {
      const { code, message } = servingErrorOf(error);
      take(...failure(500, "ModelLost", `the model could not be read again: ${code}: ${message}`));
      return;
    }
    this.#ask(Ask.Invoke, id, invocation.body, invocation.asked, invocation.answered, take);
  }

  async #reload(id: number): Promise<void> {
    const read = this.#sources.get(id);
    if (read !== undefined) await this.#load(id, await read());
  }

  #start(): ModelThreadHandle {
    const thread = new ModelThreadHandle(this.options, {
      answered: (answers) => this.#take(answers),
      ended: (why) => this.#replace(why, CRASHED),
    });
    this.#answered = 0;
    this.#busy = { begun: 0, since: performance.now() };
    return thread;
  }

  /** Replaces a thread that is over. What it was busy with is answered; the rest is asked again. */
  #replace(why: string, answer: Parameters<TakeAnswer>): void {
    containerLog("error", "the model thread is replaced", { why });
    const running = this.#thread.begun - this.#answered - 1;
    const waiting = this.#waiting.slice(this.#head);
    this.#waiting = [];
    this.#head = 0;
    this.#loaded.clear();
    this.#outbox = [];
    for (const [index, request] of waiting.entries()) if (index === running) settleOf(request, answer);
    this.#startAgain();
    for (const [index, request] of waiting.entries()) if (index !== running) this.#askAgain(request);
  }

  #startAgain(): void {
    if (this.#stopped) return;
    const thread = this.#start();
    this.#thread = thread;
    thread.ready.then(
      () => {
        this.#failedStarts = 0;
      },
      () => {
        if (this.#stopped || this.#thread !== thread) return;
        if (++this.#failedStarts >= STARTS) this.giveUp();
        else setTimeout(() => this.#replace("it could not start", CRASHED), START_AGAIN_MS).unref();
      },
    );
  }

  #askAgain(request: Asked): void {
    const { ask, id, take } = request;
    if (take === undefined) return;
    if (ask === Ask.Unload) take(200, "", "");
    else if (++request.tries > 1) take(...CRASHED);
    else if (ask === Ask.Load || this.#loaded.has(id)) {
      this.#loaded.add(id);
      this.#push(request);
    } else void this.#reloadAndInvoke(id, request, take);
  }

  /** Sees whether one request has kept the thread busy for too long, and answers those that cannot wait any more. */
  #look(): void {
    const now = performance.now();
    const { begun } = this.#thread;
    if (begun !== this.#busy.begun || begun === this.#answered) this.#busy = { begun, since: now };
    if (now - this.#busy.since > this.limits.busyMs) {
      const thread = this.#thread;
      void thread.end();
      this.#replace("a request kept it busy for too long", TIMED_OUT);
      return;
    }
    for (let at = this.#head; at < this.#waiting.length; at++) {
      const request = this.#waiting[at] as Asked;
      if (now - request.since <= this.limits.answerMs) break;
      if (request.ask !== Ask.Unload) settleOf(request, TIMED_OUT);
    }
  }
}

function settleOf(request: Asked, answer: Parameters<TakeAnswer>): void {
  const { take } = request;
  request.take = undefined;
  take?.(...answer);
}

function errorOf(status: number, code: string, body: string): ServingError {
  const { error } = JSON.parse(body) as { error: { message: string } };
  return new ServingError(status, code, error.message);
}

function failure(status: number, code: string, message: string): Parameters<TakeAnswer> {
  return [status, code, new ServingError(status, code, message).body];
}
