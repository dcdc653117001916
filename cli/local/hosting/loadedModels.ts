import { type ContainerAnswer, ContainerFailure } from "./containerClient";
import type { ContainerLife } from "./containerLife";
import type { HostingTimes } from "./hostingTimes";
import { LeastRecentlyUsed, type Use } from "./leastRecentlyUsed";
import type { ModelCopies, ModelObject } from "./modelCopies";
import type { ModelErrors } from "./modelErrors";
import { RuntimeError } from "./runtimeError";
import { microsecondsSince, type VariantMetrics } from "./variantMetrics";

/** What models are loaded with. */
export interface LoadingSettings {
  readonly copies: ModelCopies;
  readonly metrics: VariantMetrics;
  readonly errors: ModelErrors;
  readonly times: HostingTimes;
  /** Whether a model stays loaded when nobody uses it. */
  readonly keeps: boolean;
  log(line: string): void;
}

/** Somebody who waits for a model. */
interface Waiter {
  resolve(use: Use): void;
  reject(error: unknown): void;
}

/**
 * The models of one life of a multi-model container: loaded once however many ask, the least recently used unloaded
 * when the container answers 507, never one that is in use.
 */
export class LoadedModels {
  readonly #loaded = new LeastRecentlyUsed();
  readonly #loading = new Map<string, Set<Waiter>>();
  readonly #unloading = new Map<string, Promise<void>>();
  /** Loads that wait for room. */
  #stuck = 0;
  #wakers: (() => void)[] = [];

  constructor(
    private readonly life: ContainerLife,
    private readonly settings: LoadingSettings,
  ) {
    void life.ended.then(() => this.#end());
  }

  /** Models that are loaded. */
  get count(): number {
    return this.#loaded.size;
  }

  /** Uses a model that is loaded; undefined when it is not. Its use must be released. */
  use(name: string): Use | undefined {
    const use = this.#loaded.use(name);
    if (use === undefined) return undefined;
    return {
      release: () => {
        use.release();
        this.#wake();
        if (!this.settings.keeps && this.#loaded.has(name) && !this.#loaded.isInUse(name)) void this.#unload(name);
      },
    };
  }

  /**
   * Loads a model, or waits for whoever loads it, and uses it.
   * @throws RuntimeError ModelNotReadyException when that takes too long for a caller; loading goes on. ValidationError
   *   when there is no such model, ModelError when the container does not load it. ContainerFailure when it is lost
   */
  load(model: ModelObject): Promise<Use> {
    const waiters = this.#loading.get(model.name) ?? this.#begin(model);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        reject(notReady());
      }, this.settings.times.answerMs);
      const waiter: Waiter = {
        resolve(use) {
          clearTimeout(timer);
          resolve(use);
        },
        reject(error) {
          clearTimeout(timer);
          reject(error);
        },
      };
      waiters.add(waiter);
    });
  }

  /** The container does not have a model that it had. */
  forget(name: string): void {
    if (this.#loaded.remove(name)) this.settings.copies.release(name);
    this.#wake();
  }

  /** Unloads the model that was used longest ago of those that nobody uses. @returns false when there is none */
  async unloadOldest(): Promise<boolean> {
    const oldest = this.#loaded.oldestIdle();
    if (oldest === undefined) return false;
    await this.#unload(oldest);
    return true;
  }

  #begin(model: ModelObject): Set<Waiter> {
    const waiters = new Set<Waiter>();
    this.#loading.set(model.name, waiters);
    this.#load(model)
      .then(
        () => {
          this.#loaded.add(model.name);
          for (const { resolve } of waiters) {
            const use = this.use(model.name);
            if (use !== undefined) resolve(use);
          }
        },
        (error: unknown) => {
          this.settings.copies.release(model.name);
          if (waiters.size === 0) this.settings.log(`${model.key} was not loaded: ${messageOf(error)}`);
          for (const { reject } of waiters) reject(error);
        },
      )
      .finally(() => {
        this.#loading.delete(model.name);
        this.#wake();
      });
    return waiters;
  }

  async #load(model: ModelObject): Promise<void> {
    const { copies, metrics, errors, times } = this.settings;
    const deadline = Date.now() + times.loadMs;
    await this.#unloading.get(model.name);
    const downloading = performance.now();
    const folder = await copies.folder(model);
    metrics.record("ModelDownloadingTime", microsecondsSince(downloading));
    const loading = performance.now();
    for (;;) {
      const answer = await this.#post(model.name, folder, deadline);
      // A model that is loaded already is what was asked for.
      if ((answer.status >= 200 && answer.status < 300) || answer.status === 409) break;
      if (answer.status !== 507 || !(await this.#makeRoom(deadline))) throw errors.answered(answer);
    }
    metrics.record("ModelLoadingTime", microsecondsSince(loading));
  }

  #post(name: string, folder: string, deadline: number): Promise<ContainerAnswer> {
    return this.life.send({
      method: "POST",
      path: "/models",
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ model_name: name, url: folder })),
      timeoutMs: Math.max(1, deadline - Date.now()),
    });
  }

  /** Unloads a model; waits when all are in use. @returns false when there is none, or none became idle in time */
  async #makeRoom(deadline: number): Promise<boolean> {
    this.#stuck++;
    // Whoever waits for this load to end must see that it may never.
    this.#wake();
    try {
      while (!(await this.unloadOldest())) {
        const isHopeless = this.#loaded.size === 0 && this.#loading.size <= this.#stuck && this.#unloading.size === 0;
        if (!this.life.alive || isHopeless || Date.now() >= deadline) return false;
        await this.#woken(deadline);
      }
      return true;
    } finally {
      this.#stuck--;
    }
  }

  #unload(name: string): Promise<void> {
    this.#loaded.remove(name);
    const unloading = this.#delete(name).finally(() => {
      this.#unloading.delete(name);
      this.settings.copies.release(name);
      this.#wake();
    });
    this.#unloading.set(name, unloading);
    return unloading;
  }

  async #delete(name: string): Promise<void> {
    const { metrics, times, log } = this.settings;
    const started = performance.now();
    try {
      const { status } = await this.life.send({
        method: "DELETE",
        path: `/models/${name}`,
        timeoutMs: times.answerMs,
      });
      metrics.record("ModelUnloadingTime", microsecondsSince(started));
      if (status !== 200 && status !== 404) log(`the container answered ${status} when it was to unload a model`);
    } catch (error) {
      // When its process ended, the model is gone as well; when it is stuck, the next load tells.
      if (!(error instanceof ContainerFailure)) throw error;
    }
  }

  #end(): void {
    for (const name of this.#loaded.names()) this.settings.copies.release(name);
    this.#wake();
  }

  #woken(deadline: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, deadline - Date.now()));
      this.#wakers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}

function notReady(): RuntimeError {
  return new RuntimeError(
    "ModelNotReadyException",
    "The target model is still being downloaded or loaded. Wait and try your request again.",
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
