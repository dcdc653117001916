import { solve } from "./cholesky";
import type { Extrapolation } from "./extrapolation";
import type { RegressionDesign } from "./regressionDesign";

/** Share of the points seen in which the line may bend: an end that bends is no line to go on with. */
const BENDING_SHARE = 0.8;

/**
 * A line with bends through the first points of a series without seasons; its last piece goes on.
 * @param penalty how strongly bends are drawn to zero; undefined for a straight line
 * @param totals running totals of the series, see {@link runningTotals}
 */
export function trendLine(
  design: RegressionDesign,
  totals: RunningTotals,
  penalty: number | undefined,
  origin: number,
): Pick<Extrapolation, "level" | "slope"> {
  const { changepoints, starts, scaled } = design;
  let bends = 0;
  if (penalty !== undefined) {
    while (bends < starts.length && (starts[bends] as number) < origin * BENDING_SHARE) bends++;
  }
  const size = bends + 2;
  const system = design.lineSystem(origin, bends, penalty ?? 0);
  const { x, ux } = totals;
  const line = new Float64Array(size);
  line[0] = x[origin] as number;
  line[1] = ux[origin] as number;
  for (let a = 0; a < bends; a++) {
    const start = starts[a] as number;
    const beyond = (x[origin] as number) - (x[start] as number);
    line[a + 2] = (ux[origin] as number) - (ux[start] as number) - (changepoints[a] as number) * beyond;
  }
  solve(system, size, line, line);
  const end = scaled[origin - 1] as number;
  let level = (line[0] as number) + (line[1] as number) * end;
  let slope = line[1] as number;
  for (let a = 0; a < bends; a++) {
    level += (line[a + 2] as number) * Math.max(0, end - (changepoints[a] as number));
    slope += line[a + 2] as number;
  }
  return { level, slope: slope * design.scaledStep };
}

/** A straight line through the last points before an origin. */
export function lastLine(
  design: RegressionDesign,
  { x, ux }: RunningTotals,
  points: number,
  origin: number,
): Extrapolation {
  const from = Math.max(0, origin - points);
  const n = origin - from;
  const { u, uu } = design.scaledSums(from, origin);
  const sum = (x[origin] as number) - (x[from] as number);
  const mean = u / n;
  const slope = ((ux[origin] as number) - (ux[from] as number) - mean * sum) / (uu - mean * u || 1);
  const level = sum / n + slope * ((design.scaled[origin - 1] as number) - mean);
  return { level, slope: slope * design.scaledStep, damping: 1 };
}

/** Sums over the first points of a series, one entry for each number of points. */
export interface RunningTotals {
  readonly x: Float64Array;
  /** Of value times scaled time. */
  readonly ux: Float64Array;
}

/** Running totals of a series. */
export function runningTotals(scaled: Float64Array, values: Float64Array): RunningTotals {
  const x = new Float64Array(scaled.length + 1);
  const ux = new Float64Array(scaled.length + 1);
  for (let i = 0; i < scaled.length; i++) {
    const value = values[i] as number;
    x[i + 1] = (x[i] as number) + value;
    ux[i + 1] = (ux[i] as number) + value * (scaled[i] as number);
  }
  return { x, ux };
}
