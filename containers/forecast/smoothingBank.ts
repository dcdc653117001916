import { dampedDistance, type Extrapolations } from "./extrapolation";
import { robustDeviation } from "./robustDeviation";
import type { Scratch } from "./scratch";
import { ONE_STEP, TABLE_LENGTH } from "./stepTable";

/** How fast a smoothing follows. */
export interface SmoothingRates {
  /** Share of each error that the level takes, for a step of the usual length. */
  readonly level: number;
  /** Share of that which the slope takes; 0 has no slope. */
  readonly slope: number;
  /** What is left of the slope after each step; 0 without a slope. */
  readonly damping: number;
}

/** Points whose mean the level begins with. */
const FIRST_POINTS = 4;

/** Most that a level without a slope takes of an error, in standard deviations of a step: a burst is no new level. */
const MOST_TAKEN = 2;

/**
 * Exponential smoothings with a damped slope, for points at any distance: after a longer gap the next point says more,
 * and the slope has faded further. All of them follow a series at once, since none waits for another.
 */
export class SmoothingBank {
  /** By step table, an entry for each smoothing. */
  readonly #shares: Float64Array;
  readonly #carried: Float64Array;
  readonly #distances: Float64Array;
  readonly #slopeRates: Float64Array;
  readonly #hasSlopes: boolean;

  constructor(private readonly rates: readonly SmoothingRates[]) {
    this.#hasSlopes = rates.some(({ slope }) => slope > 0);
    const sloped = this.#hasSlopes ? rates : [];
    this.#shares = tables(rates, ({ level }, gap) => 1 - (1 - level) ** gap);
    this.#carried = tables(sloped, ({ damping }, gap) => damping ** gap);
    this.#distances = tables(sloped, ({ damping }, gap) => dampedDistance(damping, gap));
    this.#slopeRates = Float64Array.from(sloped, ({ slope }) => slope);
  }

  /**
   * Follows a series, and says at each end how it goes on.
   * @param values series without seasons
   * @param gaps distance of each point from the one before, as indexes of a step table; undefined when all are one step
   * @param ends ascending numbers of points that are seen
   */
  follow(
    values: Float64Array,
    gaps: Uint16Array | undefined,
    ends: readonly number[],
    scratch: Scratch,
  ): Extrapolations[] {
    const size = this.rates.length;
    const [levels, slopes] = [scratch.floats(size * ends.length), scratch.floats(size * ends.length)];
    const level = scratch.floats(size).fill(firstLevel(values));
    const slope = scratch.floats(size);
    const most = this.#hasSlopes ? 0 : mostTaken(values, scratch);
    let seen = 0;
    for (const [index, end] of ends.entries()) {
      if (this.#hasSlopes) this.#followSloped(values, gaps, seen, end, level, slope);
      else this.#followFlat(values, gaps, seen, end, most, level);
      seen = end;
      for (let k = 0; k < size; k++) {
        levels[k * ends.length + index] = level[k] as number;
        slopes[k * ends.length + index] = slope[k] as number;
      }
    }
    return this.rates.map(({ damping }, k) => {
      const [from, to] = [k * ends.length, (k + 1) * ends.length];
      return { damping, levels: levels.subarray(from, to), slopes: slopes.subarray(from, to) };
    });
  }

  #followFlat(
    values: Float64Array,
    gaps: Uint16Array | undefined,
    from: number,
    to: number,
    most: number,
    level: Float64Array,
  ): void {
    const shares = this.#shares;
    const size = level.length;
    for (let i = from; i < to; i++) {
      const row = (gaps === undefined ? ONE_STEP : (gaps[i] as number)) * size;
      const value = values[i] as number;
      for (let k = 0; k < size; k++) {
        const known = level[k] as number;
        const error = Math.max(-most, Math.min(most, value - known));
        level[k] = known + (shares[row + k] as number) * error;
      }
    }
  }

  #followSloped(
    values: Float64Array,
    gaps: Uint16Array | undefined,
    from: number,
    to: number,
    level: Float64Array,
    slope: Float64Array,
  ): void {
    const [shares, carried, distances, rates] = [this.#shares, this.#carried, this.#distances, this.#slopeRates];
    const size = level.length;
    for (let i = from; i < to; i++) {
      const row = (gaps === undefined ? ONE_STEP : (gaps[i] as number)) * size;
      const value = values[i] as number;
      for (let k = 0; k < size; k++) {
        const steep = slope[k] as number;
        const expected = (level[k] as number) + steep * (distances[row + k] as number);
        const correction = (shares[row + k] as number) * (value - expected);
        level[k] = expected + correction;
        slope[k] = steep * (carried[row + k] as number) + (rates[k] as number) * correction;
      }
    }
  }
}

function tables(rates: readonly SmoothingRates[], of: (rates: SmoothingRates, steps: number) => number): Float64Array {
  const table = new Float64Array(TABLE_LENGTH * rates.length);
  for (let index = 0; index < TABLE_LENGTH; index++) {
    for (const [k, one] of rates.entries()) table[index * rates.length + k] = of(one, index / ONE_STEP);
  }
  return table;
}

function mostTaken(values: Float64Array, scratch: Scratch): number {
  const steps = scratch.floats(values.length - 1);
  for (let i = 0; i < steps.length; i++) steps[i] = (values[i + 1] as number) - (values[i] as number);
  // Where most points are as the one before, steps say nothing of bursts.
  return MOST_TAKEN * robustDeviation(steps, scratch) || Number.POSITIVE_INFINITY;
}

function firstLevel(values: Float64Array): number {
  const first = Math.min(FIRST_POINTS, values.length);
  let level = 0;
  for (let i = 0; i < first; i++) level += (values[i] as number) / first;
  return level;
}
