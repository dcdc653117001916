/** How far a damped slope has carried after h steps, whole or not. */
export function dampedDistance(damping: number, h: number): number {
  if (damping >= 1) return h;
  return damping <= 0 ? 0 : (damping * (1 - damping ** h)) / (1 - damping);
}

/** One way to go on, from each of several ends of a series. */
export interface Extrapolations {
  readonly damping: number;
  /** One for each end, as the slopes are. */
  readonly levels: Float64Array;
  readonly slopes: Float64Array;
  /** One for each end, one after the other. Absent without a cycle. */
  readonly cycles?: Float64Array | undefined;
}

/** How a series goes on from its end: `level + slope · D(h)`, and a cycle, h steps ahead. */
export interface WeightedExtrapolation {
  readonly weight: number;
  readonly level: number;
  /** Change in a step, at first. */
  readonly slope: number;
  /** What is left of the slope after each step: 1 goes on for ever, 0 is flat. */
  readonly damping: number;
  /** What the steps after the end add, the next one first, and then again. Absent without a cycle. */
  readonly cycle?: ArrayLike<number> | undefined;
}

/** Weighted sum of extrapolations, h steps after the end of the series. */
export function extrapolate(parts: readonly WeightedExtrapolation[], h: number): number {
  let sum = 0;
  for (const { weight, level, slope, damping, cycle } of parts) {
    const season = cycle === undefined ? 0 : (cycle[Math.max(0, Math.round(h) - 1) % cycle.length] ?? 0);
    sum += weight * (level + season + slope * dampedDistance(damping, h));
  }
  return sum;
}
