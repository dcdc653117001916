/** Entries of a table for each step of the usual length. */
const RESOLUTION = 16;

/** Longest distance in a table, in steps; farther ones are as far. */
const LONGEST = 128;

/** Index of the distance 1 in a table: an index over it is a distance. */
export const ONE_STEP = RESOLUTION;

/** Entries of a table. */
export const TABLE_LENGTH = RESOLUTION * LONGEST + 1;

/** Index of a distance in a table, to a sixteenth of a step: powers are too slow to take for every point. */
export function tableIndex(steps: number): number {
  return Math.min(RESOLUTION * LONGEST, Math.max(1, Math.round(steps * RESOLUTION)));
}

/** A function of a distance in steps, as a table for {@link tableIndex}. */
export function stepTable(of: (steps: number) => number): Float64Array {
  return Float64Array.from({ length: TABLE_LENGTH }, (_, index) => of(index / RESOLUTION));
}
