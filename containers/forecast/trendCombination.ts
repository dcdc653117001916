import { dampedDistance, type Extrapolation, type WeightedExtrapolation } from "./extrapolation";
import type { RegressionDesign } from "./regressionDesign";
import { SeasonalSmoothing } from "./seasonalSmoothing";
import { Smoothing } from "./smoothing";
import { stepTable, tableIndex } from "./stepTable";
import { DAY_MS } from "./timeAxis";
import { lastLine, runningTotals, trendLine } from "./trendLine";

/** How a series goes on, and how wrong that was where it could be compared. */
export interface TrendCombination {
  readonly parts: readonly WeightedExtrapolation[];
  /** Share of the yearly season that comes on top. */
  readonly year: number;
  /** Half the width of the 80 % interval: `spread · √(1 + growth · h)`, h steps ahead. */
  readonly spread: number;
  readonly growth: number;
}

/** The smoothings that are tried. */
const SMOOTHINGS = [
  { level: 0.03, slope: 0, damping: 0 },
  { level: 0.08, slope: 0, damping: 0 },
  { level: 0.16, slope: 0, damping: 0 },
  { level: 0.3, slope: 0, damping: 0 },
  { level: 0.55, slope: 0, damping: 0 },
  { level: 0.95, slope: 0, damping: 0 },
  { level: 0.15, slope: 0.08, damping: 0.97 },
  { level: 0.4, slope: 0.1, damping: 0.95 },
  { level: 0.8, slope: 0.15, damping: 0.92 },
  { level: 0.5, slope: 0.2, damping: 1 },
  { level: 0.9, slope: 0.1, damping: 1 },
  { level: 0.95, slope: 0.5, damping: 0.9 },
].map((rates) => new Smoothing(rates));

/** Those that are tried on a series with its yearly season; every other one does as well as all. */
const SMOOTHINGS_WITH_YEAR = SMOOTHINGS.filter((_, index) => index % 2 === 1);

/** The smoothings that are tried besides, where the points are even and have a season. */
const SEASONAL = [
  { level: 0.1, slope: 0, damping: 0, season: 0.15 },
  { level: 0.3, slope: 0, damping: 0, season: 0.2 },
  { level: 0.3, slope: 0, damping: 0, season: 0.5 },
  { level: 0.7, slope: 0, damping: 0, season: 0.4 },
  { level: 0.2, slope: 0.05, damping: 0.98, season: 0.2 },
  { level: 0.5, slope: 0.1, damping: 0.96, season: 0.4 },
  { level: 0.3, slope: 0.1, damping: 1, season: 0.4 },
].map((rates) => new SeasonalSmoothing(rates));

/** Cycles that must have been seen before one can change. */
const CYCLES_SEEN = 3;

/** Longest cycle, in steps: beyond it every state has too few points. */
const LONGEST_CYCLE = 53;

/** Points that a line through the end of the series is laid through, in lengths of the stretch that is compared. */
const WINDOWS = [0.75, 1.5, 3];

/** What is left of a line's slope after each step, where it is tried to fade. */
const FADING = 0.97;

/** Distances of the dampings that occur, by step table. */
const DISTANCES = new Map(
  [0, 1, FADING, ...[...SMOOTHINGS, ...SEASONAL].map(({ rates }) => rates.damping)].map((damping) => [
    damping,
    stepTable((h) => dampedDistance(damping, h)),
  ]),
);

/** Longest stretch that is compared, in points, and its share of the series. */
const COMPARED = { most: 30, least: 4, share: 1 / 8, origins: 8 };

/** What an origin's errors count of those of the next one. */
const RECENCY = 0.5;

/** How steeply weights fall with the error. */
const SHARPNESS = 3;

/** Candidates with less than this share of the best one's weight are left out. */
const LEAST_WEIGHT = 0.15;

/** Share of the values that the interval is to cover. */
const COVERED = 0.8;

/** Origins, the last ones, whose errors say how wide the interval is. */
const INTERVAL_ORIGINS = 6;

/** What comparing on the past leaves out: that the weights were chosen by it. */
const WIDENING = 1.08;

/** 80 % of a normal distribution lie within so many standard deviations. */
const NORMAL_80 = 1.2816;

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

/** One way to go on, at each origin and at the end. */
interface Candidate {
  readonly values: Float64Array;
  readonly extrapolations: readonly Extrapolation[];
  /** Whether the yearly season comes on top. */
  readonly year: boolean;
}

/**
 * Decides how a series goes on: every candidate forecasts stretches of the past from several origins, and those that were
 * less wrong weigh more, the last ones most. Averages of good candidates beat the best one on new data.
 */
export function combineTrends(design: RegressionDesign, series: SeasonlessSeries): TrendCombination {
  const count = series.trend.length;
  const horizon = Math.max(COMPARED.least, Math.min(COMPARED.most, Math.floor(count * COMPARED.share)));
  const origins = originsOf(count, horizon);
  const candidates = candidatesOf(design, series, [...origins, count], horizon);
  const errors = origins.map((origin, index) => {
    const ahead = stepsAhead(design, origin, Math.min(count, origin + horizon));
    return candidates.map(({ extrapolations, values }) =>
      errorsOf(extrapolations[index] as Extrapolation, values, origin, ahead),
    );
  });
  const weights = weightsOf(candidates.length, errors);
  // The seasons were estimated from the very points they are compared on; each coefficient took its share of the noise.
  const widening = WIDENING * Math.sqrt(1 + design.termCount / count);
  let year = 0;
  const parts = candidates.flatMap((candidate, index) => {
    const weight = weights[index] as number;
    if (candidate.year) year += weight;
    return weight > 0 ? [{ ...(candidate.extrapolations.at(-1) as Extrapolation), weight }] : [];
  });
  return { parts, year, ...intervalOf(errors, weights, series.deviation, widening) };
}

function candidatesOf(
  design: RegressionDesign,
  { trend, withYear, bends }: SeasonlessSeries,
  ends: readonly number[],
  horizon: number,
): readonly Candidate[] {
  const totals = runningTotals(design.scaled, trend);
  const straight = ends.map((end) => ({ ...trendLine(design, totals, undefined, end), damping: 1 }));
  const bent = ends.map((end) => ({ ...trendLine(design, totals, bends, end), damping: 1 }));
  const cycle = cycleOf(design);
  const views = [{ values: trend, year: true }, ...(withYear === undefined ? [] : [{ values: withYear, year: false }])];
  return [
    ...views.flatMap(({ values, year }) => [
      ...(year ? SMOOTHINGS : SMOOTHINGS_WITH_YEAR).map((smoothing) => ({
        values,
        year,
        extrapolations: smoothing.follow(values, design.gaps, ends),
      })),
      ...(cycle === undefined ? [] : SEASONAL).map((smoothing) => {
        return { values, year, extrapolations: smoothing.follow(values, cycle ?? 1, ends) };
      }),
    ]),
    ...[
      straight,
      bent,
      bent.map((line) => ({ ...line, damping: FADING })),
      ...WINDOWS.map((share) =>
        ends.map((end) => lastLine(design, totals, Math.max(4, Math.round(horizon * share)), end)),
      ),
    ].map((extrapolations) => ({ values: trend, year: true, extrapolations })),
  ];
}

/** Steps of the shortest season, where the points are even enough for it to change from one cycle to the next. */
function cycleOf({ gaps, axis, times }: RegressionDesign): number | undefined {
  const period = Math.min(...axis.seasons.map((season) => season.period));
  const length = Math.round(period / axis.step);
  const usable = gaps === undefined && length >= 2 && length <= LONGEST_CYCLE && times.length >= CYCLES_SEEN * length;
  return usable ? length : undefined;
}

function originsOf(count: number, horizon: number): number[] {
  const origins: number[] = [];
  const stride = Math.max(1, Math.floor(horizon / 2));
  const least = Math.max(6, Math.floor(count / 3));
  for (let origin = count - stride; origin >= least && origins.length < COMPARED.origins; origin -= stride) {
    origins.unshift(origin);
  }
  return origins;
}

/** Distances of the points that follow an origin, as indexes of a step table. */
function stepsAhead({ times, axis }: RegressionDesign, origin: number, end: number): Uint16Array {
  const from = times[origin - 1] as number;
  const stepMs = axis.step * DAY_MS;
  const ahead = new Uint16Array(end - origin);
  for (let i = origin; i < end; i++) ahead[i - origin] = tableIndex(((times[i] as number) - from) / stepMs);
  return ahead;
}

function errorsOf(
  { level, slope, damping, cycle }: Extrapolation,
  values: Float64Array,
  origin: number,
  ahead: Uint16Array,
): Float64Array {
  const distances = DISTANCES.get(damping) as Float64Array;
  const errors = new Float64Array(ahead.length);
  for (let i = 0; i < errors.length; i++) {
    const season = cycle === undefined ? 0 : (cycle[i % cycle.length] as number);
    errors[i] = (values[origin + i] as number) - level - season - slope * (distances[ahead[i] as number] as number);
  }
  return errors;
}

function weightsOf(candidates: number, errors: readonly (readonly Float64Array[])[]): Float64Array {
  const weights = new Float64Array(candidates);
  const totals = new Float64Array(candidates);
  for (const [at, ofOrigin] of errors.entries()) {
    const recency = RECENCY ** (errors.length - 1 - at);
    for (const [index, list] of ofOrigin.entries()) {
      let sum = 0;
      for (const error of list) sum += Math.abs(error);
      totals[index] = (totals[index] as number) + recency * sum;
    }
  }
  const least = Math.min(...totals);
  let sum = 0;
  for (let index = 0; index < candidates; index++) {
    // Of the best one's weight, which is 1: so one candidate at least is left, however many there are.
    const weight = least > 0 ? (least / (totals[index] as number)) ** SHARPNESS : 1;
    weights[index] = weight < LEAST_WEIGHT ? 0 : weight;
    sum += weights[index] as number;
  }
  return weights.map((weight) => weight / sum);
}

/** Width of the interval near the end of the series and farther out, from what the combination missed. */
function intervalOf(
  errors: readonly (readonly Float64Array[])[],
  weights: Float64Array,
  deviation: number,
  widening: number,
): { spread: number; growth: number } {
  const near: number[] = [];
  const far: number[] = [];
  let reach = 1;
  for (const ofOrigin of errors.slice(-INTERVAL_ORIGINS)) {
    const length = ofOrigin[0]?.length ?? 0;
    for (let h = 0; h < length; h++) {
      let error = 0;
      for (const [index, list] of ofOrigin.entries()) error += (weights[index] as number) * (list[h] as number);
      (h < length / 2 ? near : far).push(Math.abs(error));
      reach = Math.max(reach, length);
    }
  }
  const least = NORMAL_80 * deviation;
  if (near.length < 6) return { spread: least * widening * 1.2, growth: 0.05 };
  const [close, distant] = [quantile(near, COVERED), quantile(far.length > 0 ? far : near, COVERED)];
  const [nearH, farH] = [reach / 4, (3 * reach) / 4];
  const growth = Math.min(
    1,
    Math.max(0, (distant ** 2 - close ** 2) / (close ** 2 * farH - distant ** 2 * nearH) || 0),
  );
  const spread = (close + distant) / (Math.sqrt(1 + growth * nearH) + Math.sqrt(1 + growth * farH));
  return { spread: Math.max(spread * widening, 0.6 * least), growth };
}

function quantile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}
