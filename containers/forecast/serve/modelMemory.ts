import { insufficientMemory } from "./servingError";

/** Bytes that loaded models may take, and do take. */
export class ModelMemory {
  #used = 0;

  /** @param limit bytes */
  constructor(readonly limit: number) {}

  get used(): number {
    return this.#used;
  }

  /**
   * Takes bytes before they are allocated.
   * @throws ServingError InsufficientMemory when so many are not left
   */
  take(bytes: number): void {
    if (this.#used + bytes > this.limit) throw insufficientMemory(bytes, this.limit - this.#used);
    this.#used += bytes;
  }

  /** Gives bytes back. */
  give(bytes: number): void {
    this.#used -= bytes;
  }
}
