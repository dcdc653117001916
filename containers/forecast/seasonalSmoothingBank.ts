import type { Extrapolations } from "./extrapolation";
import type { Scratch } from "./scratch";
import type { SmoothingRates } from "./smoothingBank";

/** How fast a smoothing with a cycle follows. */
export interface SeasonalRates extends SmoothingRates {
  /** Share of each error that the cycle takes, of what the level leaves. */
  readonly season: number;
}

/**
 * Exponential smoothings with a cycle that changes (Holt and Winters, additive, damped), for evenly spaced points whose
 * regression on seasons was taken off: the cycle begins at nothing, and holds what has changed since. All of them follow a
 * series at once.
 */
export class SeasonalSmoothingBank {
  constructor(private readonly rates: readonly SeasonalRates[]) {}

  /**
   * Follows a series, and says at each end how it goes on.
   * @param length steps of the cycle
   * @param ends ascending numbers of points that are seen
   */
  follow(values: Float64Array, length: number, ends: readonly number[], scratch: Scratch): Extrapolations[] {
    const size = this.rates.length;
    const [levels, slopes] = [scratch.floats(size * ends.length), scratch.floats(size * ends.length)];
    const cycles = scratch.floats(size * ends.length * length);
    const cycle = scratch.floats(size * length);
    const level = scratch.floats(size).fill(firstMean(values, length));
    const slope = scratch.floats(size);
    let seen = 0;
    for (const [index, end] of ends.entries()) {
      this.#follow(values, seen, end, level, slope, cycle);
      seen = end;
      for (let k = 0; k < size; k++) {
        const at = k * ends.length + index;
        levels[at] = level[k] as number;
        slopes[at] = slope[k] as number;
        for (let h = 0; h < length; h++) cycles[at * length + h] = cycle[((end + h) % length) * size + k] as number;
      }
    }
    return this.rates.map(({ damping }, k) => {
      const [from, to] = [k * ends.length, (k + 1) * ends.length];
      return {
        damping,
        levels: levels.subarray(from, to),
        slopes: slopes.subarray(from, to),
        cycles: cycles.subarray(from * length, to * length),
      };
    });
  }

  /** @param cycle for each step of it an entry for each smoothing */
  #follow(
    values: Float64Array,
    from: number,
    to: number,
    level: Float64Array,
    slope: Float64Array,
    cycle: Float64Array,
  ): void {
    const size = this.rates.length;
    const length = cycle.length / size;
    for (let k = 0; k < size; k++) {
      const { level: rate, slope: slopeRate, damping, season } = this.rates[k] as SeasonalRates;
      let [high, steep, phase] = [level[k] as number, slope[k] as number, from % length];
      for (let i = from; i < to; i++) {
        const at = phase * size + k;
        const expected = high + damping * steep;
        const error = (values[i] as number) - expected - (cycle[at] as number);
        high = expected + rate * error;
        steep = damping * steep + slopeRate * rate * error;
        cycle[at] = (cycle[at] as number) + season * (1 - rate) * error;
        phase = phase + 1 === length ? 0 : phase + 1;
      }
      level[k] = high;
      slope[k] = steep;
    }
  }
}

function firstMean(values: Float64Array, length: number): number {
  const count = Math.min(length, values.length);
  let mean = 0;
  for (let i = 0; i < count; i++) mean += (values[i] as number) / count;
  return mean;
}
