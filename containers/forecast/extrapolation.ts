/** A trend from the end of a series on: `level + slope · D(h)`, h steps ahead. */
export interface Extrapolation {
  readonly level: number;
  /** Change in a step, at first. */
  readonly slope: number;
  /** What is left of the slope after each step: 1 goes on for ever, 0 is flat. */
  readonly damping: number;
}

/** How far a damped slope has carried after h steps, whole or not. */
export function dampedDistance(damping: number, h: number): number {
  if (damping >= 1) return h;
  return damping <= 0 ? 0 : (damping * (1 - damping ** h)) / (1 - damping);
}
