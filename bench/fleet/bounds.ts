import type { SetAccuracy } from "./accuracy";
import type { SpeedCase } from "./speed";
import type { Dates } from "./speedSeries";

/** What a figure of ours must be. */
export interface Bound {
  readonly name: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
}

/** Errors over Prophet's and over AutoETS's, at most. */
const MOST_OF_PROPHET = 1.02;
const MOST_OF_AUTO_ETS = 1.05;
/** Percent of the held-out points that an interval of 80 % has. */
const COVERAGE = { least: 75, most: 85 };

/** What is asked of ours on the sets. */
export function accuracyBounds(sets: readonly SetAccuracy[]): Bound[] {
  return sets.flatMap(({ set, scores }) => {
    const { ours, prophet, "auto-ets": autoEts } = scores;
    return [
      {
        name: `${set.name}: median MASE over Prophet's`,
        value: ours.medianMase / prophet.medianMase,
        most: MOST_OF_PROPHET,
      },
      { name: `${set.name}: p90 MASE over Prophet's`, value: ours.p90Mase / prophet.p90Mase, most: MOST_OF_PROPHET },
      {
        name: `${set.name}: median MASE over AutoETS's`,
        value: ours.medianMase / autoEts.medianMase,
        most: MOST_OF_AUTO_ETS,
      },
      { name: `${set.name}: p90 MASE over AutoETS's`, value: ours.p90Mase / autoEts.p90Mase, most: MOST_OF_AUTO_ETS },
      { name: `${set.name}: coverage of the 80 % interval, %`, value: ours.coverage, ...COVERAGE },
    ];
  });
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
