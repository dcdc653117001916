/** Numbers that the memory has at first: enough for a short series. */
const AT_FIRST = 1 << 14;

/**
 * Memory that one customer's series is read and fitted in, and the next one's again: an array of its own takes longer to
 * make than to fill. What is to outlive the customer is copied.
 */
export class Scratch {
  #floats = new Float64Array(AT_FIRST);
  #integers = new Uint32Array(AT_FIRST);
  #usedFloats = 0;
  #usedIntegers = 0;

  /** Forgets what was taken. */
  reset(): void {
    this.#usedFloats = 0;
    this.#usedIntegers = 0;
  }

  /** Zeros. */
  floats(count: number): Float64Array {
    if (this.#usedFloats + count > this.#floats.length) {
      this.#floats = new Float64Array(2 * Math.max(count, this.#floats.length));
      this.#usedFloats = 0;
    }
    const taken = this.#floats.subarray(this.#usedFloats, this.#usedFloats + count);
    this.#usedFloats += count;
    return taken.fill(0);
  }

  /** Numbers of a series or a part of it. */
  copy(numbers: Float64Array): Float64Array {
    const taken = this.floats(numbers.length);
    taken.set(numbers);
    return taken;
  }

  /** Zeros. */
  integers(count: number): Uint32Array {
    if (this.#usedIntegers + count > this.#integers.length) {
      this.#integers = new Uint32Array(2 * Math.max(count, this.#integers.length));
      this.#usedIntegers = 0;
    }
    const taken = this.#integers.subarray(this.#usedIntegers, this.#usedIntegers + count);
    this.#usedIntegers += count;
    return taken.fill(0);
  }
}
