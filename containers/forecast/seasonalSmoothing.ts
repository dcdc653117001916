import type { Extrapolation } from "./extrapolation";
import type { SmoothingRates } from "./smoothing";

/** How fast a smoothing with a cycle follows. */
export interface SeasonalRates extends SmoothingRates {
  /** Share of each error that the cycle takes, of what the level leaves. */
  readonly season: number;
}

/**
 * Exponential smoothing with a cycle that changes (Holt and Winters, additive, damped), for evenly spaced points whose
 * regression on seasons was taken off: the cycle begins at nothing, and holds what has changed since.
 */
export class SeasonalSmoothing {
  constructor(readonly rates: SeasonalRates) {}

  /**
   * Follows a series, and says at each origin how it goes on.
   * @param length steps of the cycle
   * @param origins ascending numbers of points that are seen
   */
  follow(values: Float64Array, length: number, origins: readonly number[]): readonly Extrapolation[] {
    const { level: rate, slope: slopeRate, damping, season } = this.rates;
    const cycle = new Float64Array(length);
    let level = firstMean(values, length);
    let slope = 0;
    let seen = 0;
    let phase = 0;
    return origins.map((origin) => {
      for (; seen < origin; seen++) {
        const expected = level + damping * slope;
        const error = (values[seen] as number) - expected - (cycle[phase] as number);
        level = expected + rate * error;
        slope = damping * slope + slopeRate * rate * error;
        cycle[phase] = (cycle[phase] as number) + season * (1 - rate) * error;
        phase = phase + 1 === length ? 0 : phase + 1;
      }
      const ahead = new Float64Array(length);
      for (let k = 0; k < length; k++) ahead[k] = cycle[(phase + k) % length] as number;
      return { level, slope, damping, cycle: ahead };
    });
  }
}

function firstMean(values: Float64Array, length: number): number {
  const count = Math.min(length, values.length);
  let mean = 0;
  for (let i = 0; i < count; i++) mean += (values[i] as number) / count;
  return mean;
}
