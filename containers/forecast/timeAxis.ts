import { select } from "./select";

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

/**
 * Seasons with the orders that Prophet has (facebook/prophet, `set_auto_seasonalities`), and the usual distance of points in
 * days beyond which a season is not looked for: random moments would show it, but the rarer they are the less.
 */
const SEASONS: readonly (Season & { readonly sparsest: number })[] = [
  { name: "yearly", period: 365.25, order: 10, sparsest: 365.25 },
  { name: "weekly", period: 7, order: 3, sparsest: 14 },
  { name: "daily", period: 1, order: 4, sparsest: 0.75 },
];

/** Cycles that must have been seen: a season seen once cannot be told from a trend. */
const CYCLES = 2;

/** Points that must stand against each coefficient of a season. */
const POINTS_PER_COEFFICIENT = 2;

/** How far a gap may be from a whole number of steps on a calendar, in steps: February is as long as March. */
const UNEVENNESS = 0.15;

/** Most that the phases of the points may agree, 0 to 1: readings at midnight say nothing of the day. */
const AGREEMENT = 0.95;

/** Points whose phases are read. */
const PHASES_READ = 48;

/** Primes that divide no number of hours, days or months in a season. */
const STRIDES = [5, 11, 17, 29, 47, 101, 211, 499, 1009, 2003];

/**
 * Which seasons the data can show: two whole cycles seen, points that are not too rare, phases that differ, points enough, and on an even grid no
 * harmonic that is faster than the sampling. Random moments have no such limit.
 * @param times ascending, at least one
 */
export function timeAxis(times: Float64Array): TimeAxis {
  const first = times[0] ?? 0;
  const last = times[times.length - 1] ?? first;
  const gaps = gapsOf(times);
  const step = gaps.length === 0 ? 1 : select(gaps, gaps.length >> 1);
  const grid = gridOf(gaps);
  // A regular series covers the time up to its next point too: 24 months are two years.
  const covered = (last - first) / DAY_MS + step;
  const seasons = SEASONS.flatMap(({ name, period, order, sparsest }) => {
    const sampled = grid === undefined ? order : Math.floor((period / (2 * grid)) * 1.02);
    const harmonics = Math.min(order, sampled, Math.floor(times.length / POINTS_PER_COEFFICIENT / 2));
    const seen = covered >= CYCLES * period * 0.995 && step <= sparsest;
    const shown = seen && harmonics >= 1 && phaseAgreement(times, period) < AGREEMENT;
    return shown ? [{ name, period, order: harmonics }] : [];
  });
  return { first, last, step, seasons };
}

/**
 * The step of the calendar that the points stand on, in days; undefined when they stand on none.
 * @param gaps put into another order
 */
function gridOf(gaps: Float64Array): number | undefined {
  if (gaps.length === 0) return undefined;
  const step = select(gaps, Math.floor(gaps.length / 20));
  for (let i = 0; i < gaps.length; i++) {
    const steps = (gaps[i] as number) / step;
    // Far beyond a step everything is nearly a whole number of them.
    if (steps > 1 / (2 * UNEVENNESS)) continue;
    if (Math.abs(steps - Math.round(steps)) > UNEVENNESS * Math.max(1, steps)) return undefined;
  }
  return step;
}

/** Length of the mean of the points on the circle of a season: 1 when all have the same phase. */
function phaseAgreement(times: Float64Array, period: number): number {
  const omega = (2 * Math.PI) / (period * DAY_MS);
  // Some points tell as much as all, unless the stride itself is a whole number of days, weeks or years.
  const wanted = Math.floor(times.length / PHASES_READ) + 1;
  const stride = wanted <= 2 ? 1 : (STRIDES.find((prime) => prime >= wanted) ?? STRIDES[STRIDES.length - 1] ?? 1);
  let [x, y, count] = [0, 0, 0];
  for (let i = 0; i < times.length; i += stride) {
    x += Math.cos((times[i] as number) * omega);
    y += Math.sin((times[i] as number) * omega);
    count++;
  }
  return Math.hypot(x, y) / count;
}

/** Distances of neighbours, in days. */
function gapsOf(times: Float64Array): Float64Array {
  const gaps = new Float64Array(Math.max(0, times.length - 1));
  for (let i = 0; i < gaps.length; i++) gaps[i] = ((times[i + 1] as number) - (times[i] as number)) / DAY_MS;
  return gaps;
}
