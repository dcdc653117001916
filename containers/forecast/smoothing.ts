import { dampedDistance, type Extrapolation } from "./extrapolation";
import { ONE_STEP, stepTable } from "./stepTable";

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

/**
 * Exponential smoothing with a damped slope, for points at any distance: after a longer gap the next point says more,
 * and the slope has faded further.
 */
export class Smoothing {
  readonly #shares: Float64Array;
  readonly #carried: Float64Array;
  readonly #distances: Float64Array;

  constructor(readonly rates: SmoothingRates) {
    const { level, damping } = rates;
    this.#shares = stepTable((gap) => 1 - (1 - level) ** gap);
    this.#carried = stepTable((gap) => damping ** gap);
    this.#distances = stepTable((gap) => dampedDistance(damping, gap));
  }

  /**
   * Follows a series, and says at each origin how it goes on.
   * @param values series without seasons
   * @param gaps distance of each point from the one before, as indexes of a step table; undefined when all are one step
   * @param origins ascending numbers of points that are seen
   */
  follow(values: Float64Array, gaps: Uint16Array | undefined, origins: readonly number[]): readonly Extrapolation[] {
    return this.rates.slope > 0 ? this.#damped(values, gaps, origins) : this.#flat(values, gaps, origins);
  }

  #flat(values: Float64Array, gaps: Uint16Array | undefined, origins: readonly number[]): Extrapolation[] {
    const shares = this.#shares;
    const regular = shares[ONE_STEP] as number;
    let level = firstLevel(values);
    let seen = 0;
    return origins.map((origin) => {
      for (; seen < origin; seen++) {
        const share = gaps === undefined ? regular : (shares[gaps[seen] as number] as number);
        level += share * ((values[seen] as number) - level);
      }
      return { level, slope: 0, damping: 0 };
    });
  }

  #damped(values: Float64Array, gaps: Uint16Array | undefined, origins: readonly number[]): Extrapolation[] {
    const { slope: slopeRate, damping } = this.rates;
    let level = firstLevel(values);
    let slope = 0;
    let seen = 0;
    return origins.map((origin) => {
      for (; seen < origin; seen++) {
        const gap = gaps === undefined ? ONE_STEP : (gaps[seen] as number);
        const expected = level + slope * (this.#distances[gap] as number);
        const correction = (this.#shares[gap] as number) * ((values[seen] as number) - expected);
        level = expected + correction;
        slope = slope * (this.#carried[gap] as number) + slopeRate * correction;
      }
      return { level, slope, damping };
    });
  }
}

function firstLevel(values: Float64Array): number {
  const first = Math.min(FIRST_POINTS, values.length);
  let level = 0;
  for (let i = 0; i < first; i++) level += (values[i] as number) / first;
  return level;
}
