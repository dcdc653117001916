import { candidateErrors, type OriginErrors } from "./candidateErrors";
import type { WeightedExtrapolation } from "./extrapolation";
import { lineRemainder } from "./lineRemainder";
import type { RegressionDesign } from "./regressionDesign";
import type { Scratch } from "./scratch";
import { select } from "./select";
import { DAY_MS } from "./timeAxis";
import { type Candidate, cycleOf, type SeasonlessSeries, trendCandidates } from "./trendCandidates";
import { runningTotals, trendLines } from "./trendLine";

/** How a series goes on, and how wrong that was where it could be compared. */
export interface TrendCombination {
  readonly parts: readonly WeightedExtrapolation[];
  /** Share of the yearly season that comes on top. */
  readonly year: number;
  /** Half the width of the 80 % interval: `spread · √(1 + growth · h)`, h steps ahead. */
  readonly spread: number;
  readonly growth: number;
}

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
const CHOSEN = 0.08;

const YEAR_DAYS = 365.25;

/** Fastest growth of an interval: from here on it is that of a random walk, nearly. */
const MOST_GROWTH = 0.5;

/** 80 % of a normal distribution lie within so many standard deviations. */
const NORMAL_80 = 1.2816;

/**
 * Decides how a series goes on: every candidate forecasts stretches of the past from several origins, and those that were
 * less wrong weigh more, the last ones most. Averages of good candidates beat the best one on new data. Where a straight line
 * leaves nothing but noise there is nothing to choose: whatever else forecasts well has only followed the noise.
 */
export function combineTrends(design: RegressionDesign, series: SeasonlessSeries, scratch: Scratch): TrendCombination {
  const count = series.trend.length;
  const horizon = Math.max(COMPARED.least, Math.min(COMPARED.most, Math.floor(count * COMPARED.share)));
  const origins = originsOf(count, horizon);
  const ends = [...origins, count];
  const totals = runningTotals(design.scaled, series.trend, scratch);
  const line = { ...trendLines(design, totals, undefined, ends, scratch), values: series.trend, year: true };
  const { noise, correlation } = lineRemainder(design, line, cycleOf(design), scratch);
  const others = noise < 1 ? trendCandidates(design, series, totals, ends, horizon, scratch) : [];
  const candidates: readonly Candidate[] = [line, ...others];
  const ofYear = series.withYear === undefined ? 1 : hiddenByYear(design, correlation);
  const errors = origins.map((origin, index) =>
    candidateErrors(design, candidates, index, origin, Math.min(count, origin + horizon), ofYear, scratch),
  );
  const weights = weightsOf(candidates.length, errors, noise, scratch);
  // The seasons were estimated from the very points they are compared on; each coefficient took its share of the noise.
  const widening = (1 + CHOSEN * (1 - noise)) * Math.sqrt(1 + design.termCount / count);
  let year = 0;
  const parts: WeightedExtrapolation[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const weight = weights[index] as number;
    if (candidate.year) year += weight;
    if (weight > 0) parts.push(partOf(candidate, weight));
  }
  return { parts, year, ...intervalOf(errors, weights, series.deviation, widening, scratch) };
}

/** How a candidate goes on from the end of the series. */
function partOf({ damping, levels, slopes, cycles }: Candidate, weight: number): WeightedExtrapolation {
  const last = levels.length - 1;
  const [level, slope] = [levels[last] as number, slopes[last] as number];
  if (cycles === undefined) return { weight, level, slope, damping };
  return { weight, level, slope, damping, cycle: cycles.subarray((cycles.length / levels.length) * last) };
}

/**
 * How much larger the errors of a yearly season are than they seem on the years that it was estimated from. It took its
 * part of what each of them had of its own, as far as that lasts from one point to the next; the year to come will miss it.
 */
function hiddenByYear({ axis: { first, last, step } }: RegressionDesign, correlation: number): number {
  const years = ((last - first) / DAY_MS + step) / YEAR_DAYS;
  const part = correlation / years;
  return (1 + part) / (1 - part);
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

/** @param noise share that the first candidate, the straight line, has without being compared */
function weightsOf(candidates: number, errors: readonly OriginErrors[], noise: number, scratch: Scratch): Float64Array {
  const [weights, totals] = [scratch.floats(candidates), scratch.floats(candidates)];
  for (const [at, { sizes }] of errors.entries()) {
    const recency = RECENCY ** (errors.length - 1 - at);
    for (let k = 0; k < candidates; k++) totals[k] = (totals[k] as number) + recency * (sizes[k] as number);
  }
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < candidates; k++) least = Math.min(least, totals[k] as number);
  let sum = 0;
  for (let k = 0; k < candidates; k++) {
    // Of the best one's weight, which is 1: so one candidate at least is left, however many there are.
    const weight = least > 0 ? (least / (totals[k] as number)) ** SHARPNESS : 1;
    weights[k] = weight < LEAST_WEIGHT ? 0 : weight;
    sum += weights[k] as number;
  }
  for (let k = 0; k < candidates; k++) weights[k] = ((1 - noise) * (weights[k] as number)) / sum;
  weights[0] = (weights[0] as number) + noise;
  return weights;
}

/** Width of the interval near the end of the series and farther out, from what the combination missed. */
function intervalOf(
  errors: readonly OriginErrors[],
  weights: Float64Array,
  deviation: number,
  widening: number,
  scratch: Scratch,
): { spread: number; growth: number } {
  const compared = errors.slice(-INTERVAL_ORIGINS);
  const points = compared.reduce((sum, { length }) => sum + length, 0);
  const [near, far] = [scratch.floats(points), scratch.floats(points)];
  let [nearCount, farCount, reach] = [0, 0, 1];
  for (const origin of compared) {
    const sizes = combinedSizes(origin, weights, scratch);
    for (let h = 0; h < sizes.length; h++) {
      if (h < sizes.length / 2) near[nearCount++] = sizes[h] as number;
      else far[farCount++] = sizes[h] as number;
    }
    reach = Math.max(reach, sizes.length);
  }
  const least = NORMAL_80 * deviation;
  if (nearCount < 6) return { spread: least * widening * 1.2, growth: 0.05 };
  const close = quantile(near.subarray(0, nearCount));
  const distant = farCount > 0 ? quantile(far.subarray(0, farCount)) : close;
  const [nearH, farH] = [reach / 4, (3 * reach) / 4];
  const growth = growthOf(close ** 2, nearH, distant ** 2, farH);
  const spread = (close + distant) / (Math.sqrt(1 + growth * nearH) + Math.sqrt(1 + growth * farH));
  return { spread: Math.max(spread * widening, 0.6 * least), growth };
}

/** How fast squares of errors grow that are so large near and far, so many steps ahead: as `1 + growth · h`. */
function growthOf(near: number, nearH: number, far: number, farH: number): number {
  if (far <= near) return 0;
  const straight = near * farH - far * nearH;
  // What grows faster than steps ahead do, no growth would fit.
  return straight > 0 ? Math.min(MOST_GROWTH, (far - near) / straight) : MOST_GROWTH;
}

/** Sizes of what the combination missed from an origin on. */
function combinedSizes({ length, errors }: OriginErrors, weights: Float64Array, scratch: Scratch): Float64Array {
  const sizes = scratch.floats(length);
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] as number;
    if (weight === 0) continue;
    for (let h = 0; h < length; h++) sizes[h] = (sizes[h] as number) + weight * (errors[k * length + h] as number);
  }
  for (let h = 0; h < length; h++) sizes[h] = Math.abs(sizes[h] as number);
  return sizes;
}

/** @param sizes put into another order */
function quantile(sizes: Float64Array): number {
  return select(sizes, Math.min(sizes.length - 1, Math.floor(COVERED * sizes.length)));
}
