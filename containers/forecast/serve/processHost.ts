import type { LoadedModule } from "../loadedModule";
import type { Invocation, ModelHost, TakeAnswer } from "./modelHost";
import { ModelShelf } from "./modelShelf";

/** Models in the server's own thread: the fastest, for models whose time is bounded. */
export class ProcessHost implements ModelHost {
  readonly #shelf: ModelShelf;

  constructor(module: Pick<LoadedModule, "name" | "load">) {
    this.#shelf = new ModelShelf(module);
  }

  async load(id: number, text: string): Promise<number> {
    return this.#shelf.put(id, text);
  }

  async unload(id: number): Promise<void> {
    this.#shelf.remove(id);
  }

  invoke(id: number, { body, asked, answered }: Invocation, take: TakeAnswer): void {
    this.#shelf.answer(id, body, asked, answered, take);
  }

  async stop(): Promise<void> {}
}
