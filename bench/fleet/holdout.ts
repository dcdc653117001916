import type { BenchSeries, CutSeries } from "./exchange";
import { FREQUENCIES } from "./publicSets";

/** Which window of a series is forecast. */
export const Split = {
  /** The last horizon: for the figures alone, never looked at while a model is tuned. */
  Holdout: "holdout",
  /** The horizon before it: what a model may be tuned on. What comes later is not there. */
  Tuning: "tuning",
} as const;
export type Split = (typeof Split)[keyof typeof Split];

/** Seasons of an unevenly spaced series for the peers that know no dates: they are given a value for each day. */
const UNEVEN_SEASON = 7;

/**
 * Cuts the window off that is to be forecast.
 * @param unevenHorizon points that are forecast of an unevenly spaced series
 */
export function cut(series: BenchSeries, split: Split, unevenHorizon: number): CutSeries {
  const { season, horizon } =
    series.frequency === "uneven" ? { season: UNEVEN_SEASON, horizon: unevenHorizon } : FREQUENCIES[series.frequency];
  const end = series.times.length - (split === Split.Tuning ? horizon : 0);
  const start = end - horizon;
  if (start <= season) throw new Error(`${series.id} has ${series.times.length} points: too few for ${split}.`);
  return {
    ...series,
    season,
    times: series.times.slice(0, start),
    values: series.values.slice(0, start),
    at: series.times.slice(start, end),
    actual: series.values.slice(start, end),
  };
}
