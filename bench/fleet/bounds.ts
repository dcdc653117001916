import type { SetAccuracy } from "./accuracy";
import type { Peer } from "./peerForecasts";
import { type ErrorPair, resampledRatio } from "./resampledRatio";
import type { SpeedCase } from "./speed";
import type { Dates } from "./speedSeries";

/** What a figure of ours must be. */
export interface Bound {
  readonly name: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  /** Of a ratio on a set: the middle 90 % of it on sets that are drawn from the same series. */
  readonly resampled?: { readonly low: number; readonly high: number };
}

/** Errors over Prophet's and over AutoETS's, at most. */
const MOST_OF_PROPHET = 1.02;
const MOST_OF_AUTO_ETS = 1.05;
/** Percent of the held-out points that an interval of 80 % has. */
const COVERAGE = { least: 75, most: 85 };

/** What is asked of ours on the sets. */
export function accuracyBounds(sets: readonly SetAccuracy[]): Bound[] {
  return sets.flatMap((accuracy) => {
    const { set, scores } = accuracy;
    return [
      ...ratiosTo(accuracy, "prophet", "Prophet's", MOST_OF_PROPHET),
      ...ratiosTo(accuracy, "auto-ets", "AutoETS's", MOST_OF_AUTO_ETS),
      { name: `${set.name}: coverage of the 80 % interval, %`, value: scores.ours.coverage, ...COVERAGE },
    ];
  });
}

/** Median and p90 of ours over a peer's. */
function ratiosTo({ set, scores, each }: SetAccuracy, peer: Peer, whose: string, most: number): Bound[] {
  const { ours, [peer]: theirs } = scores;
  const pairs = each.flatMap(({ ours: mine, [peer]: other }): ErrorPair[] =>
    mine === undefined || other === undefined ? [] : [[mine, other]],
  );
  return [
    {
      name: `${set.name}: median MASE over ${whose}`,
      value: ours.medianMase / theirs.medianMase,
      most,
      resampled: resampledRatio(pairs, 0.5),
    },
    {
      name: `${set.name}: p90 MASE over ${whose}`,
      value: ours.p90Mase / theirs.p90Mase,
      most,
      resampled: resampledRatio(pairs, 0.9),
    },
  ];
}

/** Whether a figure is what it must be; one that is no number is not. */
export function isMet({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Bound): boolean {
  return value >= least && value <= most;
}

/** How many times faster than Prophet ours must be. */
const TIMES_PROPHET: Readonly<Record<Dates, ReadonlyMap<number, number>>> = {
  distinct: new Map([
    [120, 40],
    [730, 25],
  ]),
  shared: new Map([
    [120, 60],
    [730, 100],
  ]),
};
const TIMES_HOLT_WINTERS = 10;

/** What is asked of ours when it trains. */
export function speedBounds(cases: readonly SpeedCase[]): Bound[] {
  return cases.flatMap(({ points, dates, ratios }) => {
    const name = `${points} points, ${dates} dates`;
    const [prophet, holtWinters] = [ratios.prophet, ratios["holt-winters"]];
    const least = TIMES_PROPHET[dates].get(points);
    return [
      ...(prophet === undefined || least === undefined
        ? []
        : [{ name: `${name}: times as fast as Prophet`, value: prophet, least }]),
      ...(holtWinters === undefined
        ? []
        : [{ name: `${name}: times as fast as HoltWinters`, value: holtWinters, least: TIMES_HOLT_WINTERS }]),
    ];
  });
}
