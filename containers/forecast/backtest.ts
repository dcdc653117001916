import type { Backtest } from "../../contracts/fleetManifest";
import type { Series } from "./fitFunction";
import type { LoadedModule } from "./loadedModule";
import { SeasonalNaive } from "./seasonalNaive";

/** Points held out: a tenth, but not more than a caller asks for. */
const HELD_OUT = { share: 0.1, most: 60 };

/** Fewest points of a series that is tested. */
const LEAST_POINTS = 10;

/**
 * Fits all but the last points, forecasts those, and compares with what happened, beside the seasonal-naive baseline.
 * @returns undefined for a series that is too short to hold anything back
 */
export function backtest(
  series: Series,
  { fit: fitSeries, options }: Pick<LoadedModule, "fit" | "options">,
): Backtest | undefined {
  const count = series.times.length;
  if (count < LEAST_POINTS) return undefined;
  const holdout = Math.min(HELD_OUT.most, Math.floor(count * HELD_OUT.share));
  const train = {
    times: series.times.subarray(0, count - holdout),
    values: series.values.subarray(0, count - holdout),
  };
  const [times, values] = [series.times.subarray(count - holdout), series.values.subarray(count - holdout)];
  const { mean, lower, upper } = fitSeries(train, options).predict(times);
  const naive = new SeasonalNaive(train);
  const baseline = naive.predict(times);
  const scale = naive.scale();
  let covered = 0;
  for (let i = 0; i < holdout; i++) {
    const value = values[i] as number;
    if (value >= (lower[i] as number) && value <= (upper[i] as number)) covered++;
  }
  return {
    holdout,
    mase: rounded(scaledError(values, mean, scale)),
    mape: rounded(percentageError(values, mean)),
    naiveMase: rounded(scaledError(values, baseline, scale)),
    naiveMape: rounded(percentageError(values, baseline)),
    coverage: rounded(covered / holdout),
  };
}

function scaledError(values: Float64Array, forecast: Float64Array, scale: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs((values[i] as number) - (forecast[i] as number));
  return sum / values.length / scale;
}

function percentageError(values: Float64Array, forecast: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value === 0) continue;
    sum += Math.abs((value - (forecast[i] as number)) / value);
    count++;
  }
  return (100 * sum) / count;
}

/** Six digits; what cannot be told, as an error scaled by nothing, is null. */
function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}
