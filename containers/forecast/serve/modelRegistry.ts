import { readModelFile } from "./modelFile";
import type { Invocation, ModelHost, TakeAnswer } from "./modelHost";
import type { ModelMemory } from "./modelMemory";
import { servingErrorOf } from "./modelShelf";
import { modelNotLoaded, ServingError } from "./servingError";

/** A model that is loaded, as SageMaker's contract names it. */
export interface ListedModel {
  readonly modelName: string;
  readonly modelUrl: string;
}

/** Some of the models that are loaded. */
export interface ModelPage {
  readonly models: readonly ListedModel[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
}

interface Entry {
  /** Number of the model for its host; numbers rise. */
  readonly id: number;
  readonly name: string;
  readonly url: string;
  state: "loading" | "loaded" | "leaving" | "failed";
  /** Settles, without throwing, when loading is over. */
  loading: Promise<void>;
  /** Requests that have not been answered yet. */
  underWay: number;
  /** Called when the last of them is. */
  drained?: () => void;
  bytes: number;
  /** Settles when a model that leaves has gone. */
  gone?: Promise<void>;
}

/**
 * Models by name, and what may happen to them at once. Whatever comes together, answers are as if each request had been
 * handled after the one before it: a request waits for the load before it, a deletion for both, the next load for that.
 */
export class ModelRegistry {
  /** The newest of each name; in the order of their numbers. */
  readonly #entries = new Map<string, Entry>();
  #next = 1;

  constructor(
    private readonly host: ModelHost,
    private readonly memory: ModelMemory,
  ) {}

  /**
   * Loads a model; answers to requests that come meanwhile wait for it.
   * @param url folder with `model.json`
   * @throws ServingError AlreadyLoaded, NoSuchPath, InvalidModel, InsufficientMemory
   */
  async load(name: string, url: string): Promise<void> {
    const before = this.#entries.get(name);
    if (before?.state === "loading" || before?.state === "loaded") {
      const message = `the model ${JSON.stringify(name)} is ${before.state} already`;
      throw new ServingError(409, "AlreadyLoaded", message);
    }
    const entry: Entry = {
      id: this.#next++,
      name,
      url,
      state: "loading",
      loading: Promise.resolve(),
      underWay: 0,
      bytes: 0,
    };
    // Not merely set: a name that is there already would keep its place.
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    const loading = this.#read(entry, before?.gone);
    entry.loading = loading.catch(() => {});
    await loading;
  }

  /** Answers a request of a model. `take` is called once, whatever happens. */
  invoke(name: string, invocation: Invocation, take: TakeAnswer): void {
    const entry = this.#entries.get(name);
    if (entry?.state === "loaded") {
      entry.underWay++;
      this.host.invoke(entry.id, invocation, (status, code, body) => {
        if (--entry.underWay === 0) entry.drained?.();
        take(status, code, body);
      });
      return;
    }
    if (entry?.state !== "loading") {
      const error = modelNotLoaded(name);
      take(error.status, error.code, error.body);
      return;
    }
    void this.#invokeOnceLoaded(entry, invocation, take);
  }

  /**
   * Unloads a model. It is over when the requests under way have been answered and the memory is free.
   * @throws ServingError ModelNotLoaded
   */
  async unload(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (entry?.state !== "loading" && entry?.state !== "loaded") throw modelNotLoaded(name);
    const wasLoading = entry.state === "loading";
    entry.state = "leaving";
    let arrived = true;
    entry.gone = (async () => {
      if (wasLoading) {
        await entry.loading;
        arrived = entry.bytes > 0;
      }
      if (entry.underWay > 0) await new Promise<void>((resolve) => (entry.drained = resolve));
      if (arrived) await this.host.unload(entry.id);
      this.memory.give(entry.bytes);
      this.#forget(entry);
    })();
    await entry.gone;
    if (!arrived) throw modelNotLoaded(name);
  }

  /** @throws ServingError ModelNotLoaded */
  describe(name: string): ListedModel {
    const entry = this.#entries.get(name);
    if (entry?.state !== "loaded") throw modelNotLoaded(name);
    return { modelName: name, modelUrl: entry.url };
  }

  /**
   * Lists models in the order in which they were loaded.
   * @param after token of the page before, a number
   */
  list(limit: number, after: number): ModelPage {
    const models: ListedModel[] = [];
    let last = after;
    for (const { id, name, url, state } of this.#entries.values()) {
      if (id <= after || state !== "loaded") continue;
      if (models.length === limit) return { models, nextPageToken: String(last) };
      models.push({ modelName: name, modelUrl: url });
      last = id;
    }
    return { models };
  }

  async #read(entry: Entry, before: Promise<void> | undefined): Promise<void> {
    let taken = 0;
    try {
      if (before !== undefined) await before;
      const text = await readModelFile(entry.url, (bytes) => {
        this.memory.take(bytes);
        taken = bytes;
      });
      const bytes = await this.host.load(entry.id, text, () => readModelFile(entry.url, () => {}));
      this.memory.give(taken);
      taken = 0;
      try {
        this.memory.take(bytes);
      } catch (error) {
        await this.host.unload(entry.id);
        throw error;
      }
      entry.bytes = bytes;
      // Somebody may have asked meanwhile that it be deleted.
      if (entry.state === "loading") entry.state = "loaded";
    } catch (error) {
      this.memory.give(taken);
      if (entry.state === "loading") {
        entry.state = "failed";
        this.#forget(entry);
      }
      throw servingErrorOf(error);
    }
  }

  async #invokeOnceLoaded(entry: Entry, invocation: Invocation, take: TakeAnswer): Promise<void> {
    entry.underWay++;
    const done: TakeAnswer = (status, code, body) => {
      if (--entry.underWay === 0) entry.drained?.();
      take(status, code, body);
    };
    await entry.loading;
    if (entry.bytes > 0) {
      this.host.invoke(entry.id, invocation, done);
      return;
    }
    const error = modelNotLoaded(entry.name);
    done(error.status, error.code, error.body);
  }

  #forget(entry: Entry): void {
    if (this.#entries.get(entry.name) === entry) this.#entries.delete(entry.name);
  }
}
