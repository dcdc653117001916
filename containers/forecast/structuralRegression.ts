import { solve } from "./cholesky";
import type { Penalties, RegressionDesign } from "./regressionDesign";

/** Penalties that are tried besides the usual one, relative to the noise: weaker, and stronger twice. */
const TRIED = { bends: { weaker: 1e-3, stronger: [10, 1e3] }, seasons: { weaker: 1e-2, stronger: [30, 1e4] } } as const;

/** A regression on trend and seasons. */
export interface Regression {
  readonly penalties: Penalties;
  /** One for each column of the design. */
  readonly coefficients: Float64Array;
  /** Variance of the noise. */
  readonly variance: number;
  /** Logarithm of the evidence, up to a constant that is the same for all of a series. */
  readonly evidence: number;
}

/** Penalties that do well without being chosen. */
function usualPenalties({ axis }: RegressionDesign): Penalties {
  return { bends: 0.1, seasons: axis.seasons.map(() => 1) };
}

/** Fits with penalties that are not chosen, to compare scales. */
export function usualRegression(design: RegressionDesign, y: Float64Array): Regression {
  return evaluation(design, y)(usualPenalties(design));
}

/**
 * Fits trend and seasons, with the penalties that the data find most likely: the evidence weighs fit against freedom, so
 * no part of the series has to be held back. One penalty after the other: a stronger one, and then a still stronger or
 * else a weaker one; the trend's again, once the seasons' have changed.
 * @param usual what {@link usualRegression} gave for the same values
 */
export function fitRegression(design: RegressionDesign, y: Float64Array, usual: Regression): Regression {
  const evaluate = evaluation(design, y);
  let best = usual;
  const consider = (penalties: Penalties): boolean => {
    const other = evaluate(penalties);
    if (other.evidence <= best.evidence) return false;
    best = other;
    return true;
  };
  const search = (tried: (typeof TRIED)[keyof typeof TRIED], set: (value: number) => Penalties): boolean => {
    const [stronger, strongest] = tried.stronger;
    if (!consider(set(stronger))) return consider(set(tried.weaker));
    consider(set(strongest));
    return true;
  };
  const bends = (): boolean => search(TRIED.bends, (value) => ({ ...best.penalties, bends: value }));
  bends();
  let changed = false;
  for (const index of design.axis.seasons.keys()) {
    const { penalties } = best;
    const set = (value: number): Penalties => ({ ...penalties, seasons: penalties.seasons.with(index, value) });
    if (search(TRIED.seasons, set)) changed = true;
  }
  if (changed) bends();
  return best;
}

function evaluation(design: RegressionDesign, y: Float64Array): (penalties: Penalties) => Regression {
  const projected = design.project(y);
  let squares = 0;
  for (const value of y) squares += value * value;
  return (penalties) => {
    const { factor, complexity } = design.system(penalties);
    const coefficients = new Float64Array(design.columns);
    solve(factor, design.columns, projected, coefficients);
    let explained = 0;
    for (let k = 0; k < coefficients.length; k++) explained += (coefficients[k] as number) * (projected[k] as number);
    // What rounding leaves of a perfect fit is not evidence.
    const variance = Math.max(squares - explained, 1e-10 * squares, Number.MIN_VALUE) / y.length;
    return { penalties, coefficients, variance, evidence: -0.5 * (complexity + y.length * Math.log(variance)) };
  };
}
