import { DAY_MS, type Season } from "./timeAxis";

/** Number of columns of the seasons: a sine and a cosine for each harmonic. */
export function seasonalColumns(seasons: readonly Season[]): number {
  return seasons.reduce((sum, { order }) => sum + 2 * order, 0);
}

/**
 * Writes the Fourier terms of some times, row after row: for each season the sine and cosine of its first harmonic, then
 * of the second, and so on. Harmonics follow from the first by rotation, which is exact to a few rounding errors.
 * @param target at least `times.length` rows of `stride`
 * @param offset column of the first term
 */
export function writeSeasonalTerms(
  times: Float64Array,
  seasons: readonly Season[],
  target: Float64Array,
  stride: number,
  offset = 0,
): void {
  let column = offset;
  for (const { period, order } of seasons) {
    const omega = (2 * Math.PI) / (period * DAY_MS);
    for (let i = 0; i < times.length; i++) {
      // Reduced first: the phase of a date in this century is thousands of turns.
      const turns = ((times[i] as number) * omega) / (2 * Math.PI);
      const phase = 2 * Math.PI * (turns - Math.floor(turns));
      const sine = Math.sin(phase);
      const cosine = Math.cos(phase);
      let s = sine;
      let c = cosine;
      let at = i * stride + column;
      for (let k = 0; k < order; k++) {
        target[at++] = s;
        target[at++] = c;
        const next = s * cosine + c * sine;
        c = c * cosine - s * sine;
        s = next;
      }
    }
    column += 2 * order;
  }
}
