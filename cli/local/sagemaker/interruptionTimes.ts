/** Interruptions that an execution is asked to have, as managed spot training has them. */
export interface Interruptions {
  /** How many. A job that ends before has fewer. */
  readonly count: number;
  /** Whole number; the same one gives the same times. */
  readonly seed: number;
}

/** Shortest and longest time between an attempt's first checkpoint and its interruption, in milliseconds. */
const [SHORTEST_MS, LONGEST_MS] = [20, 500];

/**
 * When attempts are interrupted: milliseconds after the first checkpoint of each, so that every attempt gets on and the
 * job ends. The generator is Mulberry32.
 */
export function interruptionTimes({ count, seed }: Interruptions): readonly number[] {
  let state = seed | 0;
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const share = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    return Math.round(SHORTEST_MS + share * (LONGEST_MS - SHORTEST_MS));
  });
}
