import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { ContainerAnswer, StreamedBody } from "./containerClient";
import type { ContainerLife } from "./containerLife";
import { LoadedModels, type LoadingSettings } from "./loadedModels";
import type { ModelObject } from "./modelCopies";
import { microsecondsSince } from "./variantMetrics";

/** What is passed on to the container. */
export interface Invocation {
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | StreamedBody;
  /** Milliseconds until the whole answer must be there. */
  readonly timeoutMs: number;
  /** Bytes that an answer may have. */
  readonly maxBytes: number;
}

/** The container's answer, and how long it took, in microseconds. */
export interface Invoked {
  readonly answer: ContainerAnswer;
  readonly modelMicroseconds: number;
}

/** Loads for one invocation: a model may be lost again before it is asked. */
const MOST_LOADS = 3;

/** Sends an invocation to a path of the container. @throws ContainerFailure */
export async function sendInvocation(life: ContainerLife, path: string, invocation: Invocation): Promise<Invoked> {
  const started = performance.now();
  const answer = await life.send({ method: "POST", path, ...invocation });
  return { answer, modelMicroseconds: microsecondsSince(started) };
}

/** Invokes models of a multi-model container, and loads those that are not. */
export class ModelInvoker {
  #life: ContainerLife | undefined;
  #models: LoadedModels | undefined;

  /** @param location bucket and prefix of all models */
  constructor(
    private readonly location: { readonly bucket: string; readonly prefix: string },
    private readonly settings: LoadingSettings,
  ) {}

  /** Models that are loaded at this moment. */
  get loaded(): number {
    return this.#life?.alive ? (this.#models?.count ?? 0) : 0;
  }

  /**
   * Invokes one model.
   * @param target its key below the prefix, literally
   * @throws RuntimeError, ContainerFailure
   */
  async invoke(life: ContainerLife, target: string, invocation: Invocation): Promise<Invoked> {
    const { metrics } = this.settings;
    const model = this.#object(target);
    const models = this.#modelsOf(life);
    const path = `/models/${model.name}/invoke`;
    let use = models.use(model.name);
    metrics.record("ModelCacheHit", use === undefined ? 0 : 1);
    // What the container has lost is loaded again; in the end its answer is the caller's.
    for (let loads = 0; ; ) {
      if (use === undefined) loads++;
      use ??= await this.#load(models, model);
      try {
        const invoked = await this.#withRoom(models, () => sendInvocation(life, path, invocation));
        if (invoked.answer.status !== 404 || loads === MOST_LOADS) return invoked;
        models.forget(model.name);
      } finally {
        use.release();
      }
      use = undefined;
    }
  }

  async #load(models: LoadedModels, model: ModelObject) {
    const waiting = performance.now();
    try {
      return await models.load(model);
    } finally {
      this.settings.metrics.record("ModelLoadingWaitTime", microsecondsSince(waiting));
    }
  }

  /** Unloads other models, one at a time, as long as the container answers that it has no memory to answer. */
  async #withRoom(models: LoadedModels, send: () => Promise<Invoked>): Promise<Invoked> {
    for (;;) {
      const invoked = await send();
      if (invoked.answer.status !== 507 || !(await models.unloadOldest())) return invoked;
    }
  }

  #object(target: string): ModelObject {
    const { bucket, prefix } = this.location;
    const key = `${prefix}${target}`;
    return { name: createHash("sha256").update(`s3://${bucket}/${key}`).digest("hex"), bucket, key };
  }

  #modelsOf(life: ContainerLife): LoadedModels {
    if (this.#models === undefined || this.#life !== life) {
      this.#life = life;
      this.#models = new LoadedModels(life, this.settings);
    }
    return this.#models;
  }
}
