import type { Extrapolations } from "./extrapolation";
import type { RegressionDesign } from "./regressionDesign";
import type { Scratch } from "./scratch";
import { SeasonalSmoothingBank } from "./seasonalSmoothingBank";
import { SmoothingBank, type SmoothingRates } from "./smoothingBank";
import { lastLines, type RunningTotals, trendLines } from "./trendLine";

/** The smoothings that are tried, without a slope and with one. */
const FLAT: readonly SmoothingRates[] = [0.03, 0.08, 0.16, 0.3, 0.55, 0.95].map((level) => {
  return { level, slope: 0, damping: 0 };
});
const SLOPED: readonly SmoothingRates[] = [
  { level: 0.15, slope: 0.08, damping: 0.97 },
  { level: 0.4, slope: 0.1, damping: 0.95 },
  { level: 0.8, slope: 0.15, damping: 0.92 },
  { level: 0.5, slope: 0.2, damping: 1 },
  { level: 0.9, slope: 0.1, damping: 1 },
  { level: 0.95, slope: 0.5, damping: 0.9 },
];
const SMOOTHINGS = [new SmoothingBank(FLAT), new SmoothingBank(SLOPED)];

/** Those that are tried on a series with its yearly season; every other one does as well as all. */
const SMOOTHINGS_WITH_YEAR = [new SmoothingBank(FLAT.filter(isOdd)), new SmoothingBank(SLOPED.filter(isOdd))];

/** The smoothings that are tried besides, where the points are even and have a season. */
const SEASONAL = new SeasonalSmoothingBank([
  { level: 0.1, slope: 0, damping: 0, season: 0.15 },
  { level: 0.3, slope: 0, damping: 0, season: 0.2 },
  { level: 0.3, slope: 0, damping: 0, season: 0.5 },
  { level: 0.7, slope: 0, damping: 0, season: 0.4 },
  { level: 0.2, slope: 0.05, damping: 0.98, season: 0.2 },
  { level: 0.5, slope: 0.1, damping: 0.96, season: 0.4 },
  { level: 0.3, slope: 0.1, damping: 1, season: 0.4 },
]);

/** Cycles that must have been seen before one can change. */
const CYCLES_SEEN = 3;

/** Longest cycle, in steps: beyond it every state has too few points. */
const LONGEST_CYCLE = 53;

/** Points that a line through the end of the series is laid through, in lengths of the stretch that is compared. */
const WINDOWS = [0.75, 1.5, 3];

/** What is left of a line's slope after each step, where it is tried to fade. */
const FADING = 0.97;

/** A series whose seasons were estimated and taken off. */
export interface SeasonlessSeries {
  /** Without any season. */
  readonly trend: Float64Array;
  /** With its yearly season, which may not come again as it was; undefined when it has none. */
  readonly withYear: Float64Array | undefined;
  /** How strongly bends are drawn to zero. */
  readonly bends: number;
  /** Robust standard deviation of the noise. */
  readonly deviation: number;
}

/** One way to go on. */
export interface Candidate extends Extrapolations {
  /** What it goes on with. */
  readonly values: Float64Array;
  /** Whether the yearly season comes on top. */
  readonly year: boolean;
}

/**
 * Every way to go on that is tried besides the straight line through all points.
 * @param totals running totals of the series without seasons
 * @param ends ascending numbers of points that are seen
 * @param horizon points of the stretch that is compared
 */
export function trendCandidates(
  design: RegressionDesign,
  { trend, withYear, bends }: SeasonlessSeries,
  totals: RunningTotals,
  ends: readonly number[],
  horizon: number,
  scratch: Scratch,
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const cycle = cycleOf(design);
  for (const [values, year] of [
    [trend, true],
    [withYear, false],
  ] as const) {
    if (values === undefined) continue;
    for (const bank of year ? SMOOTHINGS : SMOOTHINGS_WITH_YEAR) {
      for (const one of bank.follow(values, design.gaps, ends, scratch)) candidates.push({ ...one, values, year });
    }
    if (cycle === undefined || values.length < CYCLES_SEEN * cycle) continue;
    for (const one of SEASONAL.follow(values, cycle, ends, scratch)) candidates.push({ ...one, values, year });
  }
  const bent = trendLines(design, totals, bends, ends, scratch);
  const lines = [bent, { ...bent, damping: FADING }];
  for (const share of WINDOWS) {
    lines.push(lastLines(design, totals, Math.max(4, Math.round(horizon * share)), ends, scratch));
  }
  for (const line of lines) candidates.push({ ...line, values: trend, year: true });
  return candidates;
}

/** Steps of the shortest season, where the points are even enough to stand at the same places of every cycle. */
export function cycleOf({ gaps, axis }: RegressionDesign): number | undefined {
  const period = Math.min(...axis.seasons.map((season) => season.period));
  const length = Math.round(period / axis.step);
  return gaps === undefined && length >= 2 && length <= LONGEST_CYCLE ? length : undefined;
}

function isOdd(_: SmoothingRates, index: number): boolean {
  return index % 2 === 1;
}
