import { seededRandom } from "../../../contracts/seededRandom";

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
 * job ends.
 */
export function interruptionTimes({ count, seed }: Interruptions): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Math.round(SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS)));
}
