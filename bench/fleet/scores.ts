import type { CutSeries, Forecast } from "./exchange";

/** How well some forecasts met what happened. */
export interface Score {
  readonly medianMase: number;
  readonly p90Mase: number;
  /** Percent of the held-out points that the interval has. */
  readonly coverage: number;
}

/**
 * Mean absolute error of a forecast over the mean absolute difference to a season before, in the points before it.
 * @returns undefined when those never differ
 */
export function mase(series: CutSeries, forecast: Forecast): number | undefined {
  // Points of an unevenly spaced series have no season before them; the point before is what they are compared with.
  const season = series.frequency === "uneven" ? 1 : series.season;
  const { values, actual } = series;
  const scale = mean(values.slice(season).map((value, index) => Math.abs(value - (values[index] ?? 0))));
  const error = mean(actual.map((value, index) => Math.abs(value - (forecast.mean[index] ?? Number.NaN))));
  return scale > 0 ? error / scale : undefined;
}

/**
 * @throws Error when a forecast lacks a number or belongs to another series: such a peer has no score
 */
export function score(series: readonly CutSeries[], forecasts: readonly Forecast[]): Score {
  const errors: number[] = [];
  let [inside, points] = [0, 0];
  for (const [index, cut] of series.entries()) {
    const forecast = forecasts[index];
    if (forecast?.id !== cut.id) throw new Error(`No forecast of ${cut.id}.`);
    const error = mase(cut, forecast);
    if (Number.isNaN(error)) throw new Error(`The forecast of ${cut.id} lacks numbers.`);
    if (error !== undefined) errors.push(error);
    for (const [point, value] of cut.actual.entries()) {
      const [lower, upper] = [forecast.lower[point] ?? Number.NaN, forecast.upper[point] ?? Number.NaN];
      if (Number.isNaN(lower) || Number.isNaN(upper)) throw new Error(`The interval of ${cut.id} lacks numbers.`);
      if (lower <= value && value <= upper) inside++;
      points++;
    }
  }
  return {
    medianMase: quantile(errors, 0.5),
    p90Mase: quantile(errors, 0.9),
    coverage: (100 * inside) / points,
  };
}

/** Quantile of some values, straight between neighbours: sets are too small to take the nearest. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (low === undefined || high === undefined) throw new Error("No values, no quantile.");
  return low + (high - low) * (position - Math.floor(position));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
