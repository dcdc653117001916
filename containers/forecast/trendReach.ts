import { dampedDistance, type WeightedExtrapolation } from "./extrapolation";
import { DAY_MS } from "./timeAxis";

/** What the reach of a trend depends on, see `ForecastData`. */
interface TrendNumbers {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  /** Intercept, slope and bends over scaled time. */
  readonly trend: ArrayLike<number>;
  readonly changepoints: ArrayLike<number>;
  readonly future: readonly WeightedExtrapolation[];
}

/** Value of a trend within the history, at 0 for its begin to 1 for its end. */
export function trendAt({ trend, changepoints }: Pick<TrendNumbers, "trend" | "changepoints">, u: number): number {
  let value = (trend[0] ?? 0) + (trend[1] ?? 0) * u;
  for (let j = 0; j < changepoints.length; j++) {
    value += (trend[j + 2] as number) * Math.max(0, u - (changepoints[j] as number));
  }
  return value;
}

/**
 * How far a trend of logarithms may go: beyond what it was, by no more than it has moved in as long a time. A few points
 * on a new level look like a slope, and a slope of logarithms that is followed for a year is thousands of times anything that
 * was seen; growth that the history had all along is within reach at any distance.
 */
export class TrendReach {
  readonly #low: number;
  readonly #high: number;
  /** Steps of the history. */
  readonly #steps: number;

  constructor(private readonly numbers: TrendNumbers) {
    const { first, last, step, changepoints, future } = numbers;
    // A trend of straight pieces is least and greatest where they meet.
    const ends = [trendAt(numbers, 0), trendAt(numbers, 1), this.#ahead(0)];
    for (let j = 0; j < changepoints.length; j++) ends.push(trendAt(numbers, changepoints[j] as number));
    // Of no ways to go on there is no level.
    this.#low = future.length > 0 ? Math.min(...ends) : 0;
    this.#high = future.length > 0 ? Math.max(...ends) : 0;
    this.#steps = Math.max(1, (last - first) / (step * DAY_MS));
  }

  /** Whether nothing is out of reach so many steps ahead, or fewer. */
  holds(h: number): boolean {
    let moved = 0;
    for (const { weight, slope, damping } of this.numbers.future) {
      moved += Math.abs(weight * slope) * dampedDistance(damping, h);
    }
    return moved <= this.#high - this.#low;
  }

  /** What must be added to the trend, h steps ahead, so that it stays within reach: 0 where it does. */
  correction(h: number): number {
    const trend = this.#ahead(h);
    const further = (this.#high - this.#low) * Math.max(1, h / this.#steps);
    return Math.min(this.#high + further, Math.max(this.#low - further, trend)) - trend;
  }

  /** The trend, h steps ahead, without what cycles add. */
  #ahead(h: number): number {
    let sum = 0;
    for (const { weight, level, slope, damping } of this.numbers.future) {
      sum += weight * (level + slope * dampedDistance(damping, h));
    }
    return sum;
  }
}
