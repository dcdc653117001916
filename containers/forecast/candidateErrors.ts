import { dampedDistance } from "./extrapolation";
import type { RegressionDesign } from "./regressionDesign";
import type { Scratch } from "./scratch";
import { stepTable, tableIndex } from "./stepTable";
import { DAY_MS } from "./timeAxis";
import type { Candidate } from "./trendCandidates";

/** What candidates missed from one point of the past on. */
export interface OriginErrors {
  /** Points that were compared. */
  readonly length: number;
  /** An error for each of them, one candidate after the other. */
  readonly errors: Float64Array;
  /** Sum of the sizes of each candidate's errors. */
  readonly sizes: Float64Array;
}

/** Distances that slopes carry, by damping, as step tables. */
const DISTANCES = new Map<number, Float64Array>();

/**
 * Forecasts a stretch of the past by every candidate.
 * @param index of the origin among the candidates' ends
 * @param origin number of points that were seen
 * @param end of the stretch
 * @param ofYear how much larger than they seem the errors of those are which count on the yearly season
 */
export function candidateErrors(
  design: RegressionDesign,
  candidates: readonly Candidate[],
  index: number,
  origin: number,
  end: number,
  ofYear: number,
  scratch: Scratch,
): OriginErrors {
  const length = end - origin;
  const ahead = stepsAhead(design, origin, end, scratch);
  const errors = scratch.floats(length * candidates.length);
  const sizes = scratch.floats(candidates.length);
  for (const [number, candidate] of candidates.entries()) {
    const own = errors.subarray(number * length, (number + 1) * length);
    const size = missed(candidate, index, origin, ahead, own);
    const factor = candidate.year ? ofYear : 1;
    sizes[number] = factor * size;
    if (factor !== 1) for (let i = 0; i < length; i++) own[i] = factor * (own[i] as number);
  }
  return { length, errors, sizes };
}

/** Writes the errors of a candidate, and gives the sum of their sizes. */
function missed(
  { levels, slopes, damping, cycles, values }: Candidate,
  index: number,
  origin: number,
  ahead: Uint32Array,
  errors: Float64Array,
): number {
  const level = levels[index] as number;
  const slope = slopes[index] as number;
  const distances = distancesOf(damping);
  let sum = 0;
  for (let i = 0; i < errors.length; i++) {
    const error = (values[origin + i] as number) - level - slope * (distances[ahead[i] as number] as number);
    errors[i] = error;
    sum += Math.abs(error);
  }
  if (cycles === undefined) return sum;
  const steps = cycles.length / levels.length;
  const first = index * steps;
  sum = 0;
  for (let i = 0; i < errors.length; i++) {
    const error = (errors[i] as number) - (cycles[first + (i % steps)] as number);
    errors[i] = error;
    sum += Math.abs(error);
  }
  return sum;
}

/** Distances of the points that follow an origin, as indexes of a step table. */
function stepsAhead({ times, axis }: RegressionDesign, origin: number, end: number, scratch: Scratch): Uint32Array {
  const from = times[origin - 1] as number;
  const stepMs = axis.step * DAY_MS;
  const ahead = scratch.integers(end - origin);
  for (let i = origin; i < end; i++) ahead[i - origin] = tableIndex(((times[i] as number) - from) / stepMs);
  return ahead;
}

function distancesOf(damping: number): Float64Array {
  let distances = DISTANCES.get(damping);
  if (distances === undefined) {
    distances = stepTable((h) => dampedDistance(damping, h));
    DISTANCES.set(damping, distances);
  }
  return distances;
}
