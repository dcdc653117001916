/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** A season that the data can show. */
export interface Season {
  readonly name: "yearly" | "weekly" | "daily";
  /** Length in days. */
  readonly period: number;
  /** Number of harmonics. */
  readonly order: number;
}

/** What the timestamps alone say. */
export interface TimeAxis {
  /** First and last timestamp, in milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Median distance of neighbours, in days. */
  readonly step: number;
  readonly seasons: readonly Season[];
}

/** Seasons with the orders that Prophet has (facebook/prophet, `set_auto_seasonalities`). */
const SEASONS: readonly Season[] = [
  { name: "yearly", period: 365.25, order: 10 },
  { name: "weekly", period: 7, order: 3 },
  { name: "daily", period: 1, order: 4 },
];

/** Cycles that must have been seen: a season seen once cannot be told from a trend. */
const CYCLES = 2;

/** Points that must stand against each coefficient of a season. */
const POINTS_PER_COEFFICIENT = 2;

/**
 * Which seasons the data can show: two whole cycles seen, more than two points in each, and no harmonic that is faster
 * than the sampling.
 * @param times ascending, at least one
 */
export function timeAxis(times: Float64Array): TimeAxis {
  const first = times[0] ?? 0;
  const last = times[times.length - 1] ?? first;
  const step = medianStep(times);
  // A regular series covers the time up to its next point too: 24 months are two years.
  const covered = (last - first) / DAY_MS + step;
  const seasons = SEASONS.flatMap(({ name, period, order }) => {
    const harmonics = Math.min(
      order,
      Math.floor((period / (2 * step)) * 1.02),
      Math.floor(times.length / POINTS_PER_COEFFICIENT / 2),
    );
    return covered >= CYCLES * period * 0.995 && harmonics >= 1 ? [{ name, period, order: harmonics }] : [];
  });
  return { first, last, step, seasons };
}

function medianStep(times: Float64Array): number {
  if (times.length < 2) return 1;
  const steps = new Float64Array(times.length - 1);
  for (let i = 1; i < times.length; i++) steps[i - 1] = (times[i] as number) - (times[i - 1] as number);
  steps.sort();
  return (steps[steps.length >> 1] as number) / DAY_MS;
}
