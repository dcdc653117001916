import { extrapolate, type WeightedExtrapolation } from "./extrapolation";
import type { Prediction } from "./fitFunction";
import { seasonalColumns, writeSeasonalTerms } from "./seasonalBasis";
import { DAY_MS, type Season } from "./timeAxis";
import { TrendReach, trendAt } from "./trendReach";

/** What predicting needs of a forecast, see `ForecastData`. */
export interface ForecastNumbers {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly logarithmic: boolean;
  readonly centre: number;
  readonly scale: number;
  readonly floor?: number | undefined;
  readonly seasons: readonly Season[];
  readonly seasonal: ArrayLike<number>;
  readonly trend: ArrayLike<number>;
  readonly changepoints: ArrayLike<number>;
  readonly future: readonly WeightedExtrapolation[];
  readonly year: number;
  readonly interval: { readonly inside: number; readonly spread: number; readonly growth: number };
}

/** Mean and interval of any times, within the history and beyond it. */
export function predictForecast(forecast: ForecastNumbers, times: Float64Array): Prediction {
  const { seasons, seasonal, first, last, step, interval, logarithmic, centre, scale, floor, future, year } = forecast;
  const yearly = seasons[0]?.name === "yearly" ? 2 * seasons[0].order : 0;
  const columns = seasonalColumns(seasons);
  const terms = new Float64Array(times.length * columns);
  writeSeasonalTerms(times, seasons, terms, columns);
  const mean = new Float64Array(times.length);
  const lower = new Float64Array(times.length);
  const upper = new Float64Array(times.length);
  const back = (fitted: number): number => {
    const value = centre + scale * fitted;
    // JSON has no infinity.
    const given = logarithmic ? Math.min(Number.MAX_VALUE, Math.exp(value)) : value;
    return floor === undefined ? given : Math.max(floor, given);
  };
  const aheadOf = (time: number): number => (time - last) / (step * DAY_MS);
  const reach = logarithmic ? new TrendReach(forecast) : undefined;
  const isWithinReach = reach?.holds(aheadOf(latestOf(times))) ?? true;
  for (let i = 0; i < times.length; i++) {
    const h = aheadOf(times[i] as number);
    let fitted =
      h > 0 ? extrapolate(future, h) : trendAt(forecast, ((times[i] as number) - first) / (last - first || 1));
    if (h > 0 && !isWithinReach) fitted += reach?.correction(h) ?? 0;
    for (let k = 0; k < columns; k++) {
      const share = h > 0 && k < yearly ? year : 1;
      fitted += share * (seasonal[k] as number) * (terms[i * columns + k] as number);
    }
    const half = h > 0 ? interval.spread * Math.sqrt(1 + interval.growth * h) : interval.inside;
    mean[i] = back(fitted);
    lower[i] = back(fitted - half);
    upper[i] = back(fitted + half);
  }
  return { mean, lower, upper };
}

function latestOf(times: Float64Array): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) latest = Math.max(latest, times[i] as number);
  return latest;
}
