/** A name that is in use by somebody, until it is released. */
export interface Use {
  /** Ends it; a second time does nothing. */
  release(): void;
}

interface Entry {
  uses: number;
}

/**
 * Names in the order of their last use, of which those in use cannot be chosen to go. It decides nothing else: what the
 * names stand for, and how many of them there may be, is the owner's.
 */
export class LeastRecentlyUsed {
  /** A map keeps the order of insertion: the first one was used longest ago. */
  readonly #entries = new Map<string, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** All names, the one that was used longest ago first. */
  names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Puts a name in as the one that was used last. @throws Error when it is there */
  add(name: string): void {
    if (this.#entries.has(name)) throw new Error(`${name} is there already`);
    this.#entries.set(name, { uses: 0 });
  }

  /** Uses a name, which makes it the last one; undefined when it is not there. */
  use(name: string): Use | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    entry.uses++;
    let released = false;
    return {
      release: () => {
        if (!released) entry.uses--;
        released = true;
      },
    };
  }

  /** Whether somebody uses the name. */
  isInUse(name: string): boolean {
    return (this.#entries.get(name)?.uses ?? 0) > 0;
  }

  /** The name that was used longest ago of those that nobody uses; undefined when there is none. */
  oldestIdle(): string | undefined {
    for (const [name, { uses }] of this.#entries) if (uses === 0) return name;
    return undefined;
  }

  /** Takes a name out, whether it is in use or not. @returns false when it was not there */
  remove(name: string): boolean {
    return this.#entries.delete(name);
  }
}
