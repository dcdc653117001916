import type { RegressionDesign } from "./regressionDesign";
import type { Scratch } from "./scratch";
import type { Candidate } from "./trendCandidates";

/** Fewest points that can tell noise from what changes slowly. */
const LEAST_POINTS = 80;

/** Autocorrelation that is certainly none of noise, in its standard deviations under noise. */
const NO_NOISE = 2;

/** What a straight line leaves of a series without seasons. */
export interface LineRemainder {
  /** Correlation of neighbours, 0 to 1. */
  readonly correlation: number;
  /** How surely it is noise and nothing else, 0 to 1: then there is nothing in it that a forecast could follow. */
  readonly noise: number;
}

/**
 * Asks whether there is more in a series than the line and its seasons.
 * @param cycle steps after which a season that changes would be alike; undefined where none can
 */
export function lineRemainder(
  { scaled, scaledStep }: RegressionDesign,
  { values, levels, slopes }: Candidate,
  cycle: number | undefined,
  scratch: Scratch,
): LineRemainder {
  const [level, slope] = [levels[levels.length - 1] as number, (slopes[slopes.length - 1] as number) / scaledStep];
  const left = scratch.floats(values.length);
  const last = scaled[scaled.length - 1] as number;
  for (let i = 0; i < left.length; i++) {
    left[i] = (values[i] as number) - level - slope * ((scaled[i] as number) - last);
  }
  const ofNeighbours = autocorrelation(left, 1);
  const highest = cycle === undefined ? ofNeighbours : Math.max(ofNeighbours, autocorrelation(left, cycle));
  const share = 1 - (highest * Math.sqrt(left.length)) / NO_NOISE;
  return {
    correlation: Math.max(0, ofNeighbours),
    noise: left.length < LEAST_POINTS ? 0 : Math.max(0, Math.min(1, share)),
  };
}

function autocorrelation(left: Float64Array, lag: number): number {
  let [squares, products] = [0, 0];
  for (let i = 0; i < left.length; i++) squares += (left[i] as number) ** 2;
  for (let i = lag; i < left.length; i++) products += (left[i] as number) * (left[i - lag] as number);
  return squares > 0 ? products / squares : 0;
}
