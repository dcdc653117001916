import type { ObjectChange } from "./objectChange";

/** Hears of a change after it was committed. */
export type ChangeListener = (change: ObjectChange) => void;

/** Who hears of a store's changes. */
export class ChangeListeners {
  readonly #listeners = new Set<ChangeListener>();

  /** Returns what ends it. */
  add(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: ObjectChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        // The change is committed: a listener's fault is not its writer's.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}
