import { solve } from "./cholesky";
import type { Extrapolations } from "./extrapolation";
import { FREE_COLUMNS } from "./freeColumns";
import type { RegressionDesign } from "./regressionDesign";
import type { Scratch } from "./scratch";

/** Share of the points seen in which the line may bend: an end that bends is no line to go on with. */
const BENDING_SHARE = 0.8;

/**
 * Lines with bends through the first points of a series without seasons; the last piece of each goes on.
 * @param penalty how strongly bends are drawn to zero; undefined for straight lines
 * @param totals running totals of the series, see {@link runningTotals}
 * @param ends numbers of points that are seen
 */
export function trendLines(
  design: RegressionDesign,
  totals: RunningTotals,
  penalty: number | undefined,
  ends: readonly number[],
  scratch: Scratch,
): Extrapolations {
  const [levels, slopes] = [scratch.floats(ends.length), scratch.floats(ends.length)];
  const line = scratch.floats(design.trendColumns);
  for (const [index, end] of ends.entries()) trendLine(design, totals, penalty, end, line, levels, slopes, index);
  return { levels, slopes, damping: 1 };
}

function trendLine(
  design: RegressionDesign,
  { x, ux }: RunningTotals,
  penalty: number | undefined,
  end: number,
  line: Float64Array,
  levels: Float64Array,
  slopes: Float64Array,
  index: number,
): void {
  const { changepoints, starts, scaled } = design;
  let bends = 0;
  if (penalty !== undefined) {
    while (bends < starts.length && (starts[bends] as number) < end * BENDING_SHARE) bends++;
  }
  line[0] = x[end] as number;
  line[1] = ux[end] as number;
  for (let a = 0; a < bends; a++) {
    const start = starts[a] as number;
    const beyond = (x[end] as number) - (x[start] as number);
    line[a + FREE_COLUMNS] = (ux[end] as number) - (ux[start] as number) - (changepoints[a] as number) * beyond;
  }
  solve(design.lines.factor(end, bends, penalty ?? 0), bends + FREE_COLUMNS, line, line);
  const last = scaled[end - 1] as number;
  let level = (line[0] as number) + (line[1] as number) * last;
  let slope = line[1] as number;
  for (let a = 0; a < bends; a++) {
    level += (line[a + FREE_COLUMNS] as number) * Math.max(0, last - (changepoints[a] as number));
    slope += line[a + FREE_COLUMNS] as number;
  }
  levels[index] = level;
  slopes[index] = slope * design.scaledStep;
}

/**
 * Straight lines through the last points before each end.
 * @param points number of them
 */
export function lastLines(
  design: RegressionDesign,
  { x, ux }: RunningTotals,
  points: number,
  ends: readonly number[],
  scratch: Scratch,
): Extrapolations {
  const [levels, slopes] = [scratch.floats(ends.length), scratch.floats(ends.length)];
  for (const [index, end] of ends.entries()) {
    const from = Math.max(0, end - points);
    const n = end - from;
    const sum = (x[end] as number) - (x[from] as number);
    const u = design.lines.sum(from, end);
    const mean = u / n;
    const spread = design.lines.squares(from, end) - mean * u || 1;
    const slope = ((ux[end] as number) - (ux[from] as number) - mean * sum) / spread;
    levels[index] = sum / n + slope * ((design.scaled[end - 1] as number) - mean);
    slopes[index] = slope * design.scaledStep;
  }
  return { levels, slopes, damping: 1 };
}

/** Sums over the first points of a series, one entry for each number of points. */
export interface RunningTotals {
  readonly x: Float64Array;
  /** Of value times scaled time. */
  readonly ux: Float64Array;
}

/** Running totals of a series. */
export function runningTotals(scaled: Float64Array, values: Float64Array, scratch: Scratch): RunningTotals {
  const x = scratch.floats(scaled.length + 1);
  const ux = scratch.floats(scaled.length + 1);
  for (let i = 0; i < scaled.length; i++) {
    const value = values[i] as number;
    x[i + 1] = (x[i] as number) + value;
    ux[i + 1] = (ux[i] as number) + value * (scaled[i] as number);
  }
  return { x, ux };
}
