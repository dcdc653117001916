import type { Series } from "./fitFunction";
import { DAY_MS, timeAxis } from "./timeAxis";

/** Size of an error, beside the values, below which it is rounding: a season that repeats to the last digit has no other. */
const ROUNDING = 1e-12;

/**
 * The seasonal-naive forecast, the baseline that a model must beat: as one season before, or, without a season, as last.
 * Uneven points have no value exactly a season before; the nearest one stands for it.
 */
export class SeasonalNaive {
  /** Milliseconds of the shortest season that the data show; 0 without one. */
  readonly #period: number;

  constructor(private readonly train: Series) {
    const { seasons, step } = timeAxis(train.times);
    // A day before is no other reading than the last one, where there are fewer than one a day.
    const periods = seasons.map(({ period }) => period).filter((period) => period > 1.5 * step);
    this.#period = periods.length === 0 ? 0 : Math.min(...periods) * DAY_MS;
  }

  /** Mean absolute error of the baseline within the series, which scales errors; 0 when it cannot be told. */
  scale(): number {
    const { times, values } = this.train;
    const first = times[0] ?? 0;
    let sum = 0;
    let size = 0;
    let count = 0;
    for (let i = 1; i < times.length; i++) {
      const before = this.#period === 0 ? i - 1 : Math.min(i - 1, this.#nearest((times[i] as number) - this.#period));
      if ((times[i] as number) - this.#period < first) continue;
      sum += Math.abs((values[i] as number) - (values[before] as number));
      size += Math.abs(values[i] as number);
      count++;
    }
    return count === 0 || sum <= ROUNDING * size ? 0 : sum / count;
  }

  /** Forecasts times beyond the series. */
  predict(ahead: Float64Array): Float64Array {
    const { times, values } = this.train;
    const last = times[times.length - 1] ?? 0;
    return ahead.map((time) => {
      if (this.#period === 0) return values[values.length - 1] as number;
      const seasons = Math.max(1, Math.ceil((time - last) / this.#period));
      return values[this.#nearest(time - seasons * this.#period)] as number;
    });
  }

  #nearest(time: number): number {
    const { times } = this.train;
    let low = 0;
    let high = times.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] as number) < time) low = middle + 1;
      else high = middle;
    }
    if (low > 0 && time - (times[low - 1] as number) <= (times[low] as number) - time) return low - 1;
    return low;
  }
}
