import { extrapolate, type WeightedExtrapolation } from "./extrapolation";
import type { Prediction } from "./fitFunction";
import { seasonalColumns, writeSeasonalTerms } from "./seasonalBasis";
import { DAY_MS, type Season } from "./timeAxis";

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
  const { seasons, seasonal, last, step, interval, logarithmic, centre, scale, floor, future, year } = forecast;
  const yearly = seasons[0]?.name === "yearly" ? 2 * seasons[0].order : 0;
  const columns = seasonalColumns(seasons);
  const terms = new Float64Array(times.length * columns);
  writeSeasonalTerms(times, seasons, terms, columns);
  const mean = new Float64Array(times.length);
  const lower = new Float64Array(times.length);
  const upper = new Float64Array(times.length);
  const back = (fitted: number): number => {
    const value = centre + scale * fitted;
    const given = logarithmic ? Math.exp(value) : value;
    return floor === undefined ? given : Math.max(floor, given);
  };
  for (let i = 0; i < times.length; i++) {
    const h = ((times[i] as number) - last) / (step * DAY_MS);
    let fitted = h > 0 ? extrapolate(future, h) : trendWithin(forecast, times[i] as number);
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

function trendWithin({ first, last, trend, changepoints }: ForecastNumbers, time: number): number {
  const u = (time - first) / (last - first || 1);
  let value = (trend[0] ?? 0) + (trend[1] ?? 0) * u;
  for (let j = 0; j < changepoints.length; j++) {
    value += (trend[j + 2] as number) * Math.max(0, u - (changepoints[j] as number));
  }
  return value;
}
