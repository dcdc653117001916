import { solve } from "./cholesky";
import type { Penalties, RegressionDesign } from "./regressionDesign";
import type { Scratch } from "./scratch";

/** Penalties that are tried besides the usual one, relative to the noise: weaker, and stronger twice. */
const TRIED = { bends: { weaker: 1e-3, stronger: [10, 1e3] }, seasons: { weaker: 1e-2, stronger: [30, 1e4] } } as const;

/** Penalties that do well without being chosen. */
const USUAL = { bends: 0.1, season: 1 } as const;

/** A regression on trend and seasons. */
export interface Regression {
  readonly penalties: Penalties;
  /** One for each column of the design. */
  readonly coefficients: Float64Array;
  /** Logarithm of the evidence, up to a constant that is the same for all of a series. */
  readonly evidence: number;
}

/** The regressions of one series. */
export class StructuralRegression {
  /** With penalties that are not chosen, to compare scales. */
  readonly usual: Regression;
  /** Xᵀy. */
  readonly #projected: Float64Array;
  readonly #squares: number;

  constructor(
    private readonly design: RegressionDesign,
    private readonly y: Float64Array,
    private readonly scratch: Scratch,
  ) {
    this.#projected = scratch.floats(design.columns);
    design.project(y, this.#projected);
    let squares = 0;
    for (let i = 0; i < y.length; i++) squares += (y[i] as number) ** 2;
    this.#squares = squares;
    this.usual = this.#evaluate({ bends: USUAL.bends, seasons: design.axis.seasons.map(() => USUAL.season) });
  }

  /**
   * Fits trend and seasons, with the penalties that the data find most likely: the evidence weighs fit against freedom, so
   * no part of the series has to be held back. One penalty after the other: a stronger one, and then a still stronger or
   * else a weaker one; the trend's again, once the seasons' have changed.
   */
  fit(): Regression {
    let best = this.usual;
    const consider = (penalties: Penalties): boolean => {
      const other = this.#evaluate(penalties);
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
    for (const index of this.design.axis.seasons.keys()) {
      const { penalties } = best;
      const set = (value: number): Penalties => ({ ...penalties, seasons: penalties.seasons.with(index, value) });
      if (search(TRIED.seasons, set)) changed = true;
    }
    if (changed) bends();
    return best;
  }

  #evaluate(penalties: Penalties): Regression {
    const { columns } = this.design;
    const { factor, complexity } = this.design.system(penalties);
    const coefficients = this.scratch.floats(columns);
    solve(factor, columns, this.#projected, coefficients);
    let explained = 0;
    for (let k = 0; k < columns; k++) explained += (coefficients[k] as number) * (this.#projected[k] as number);
    // What rounding leaves of a perfect fit is not evidence.
    const left = Math.max(this.#squares - explained, 1e-10 * this.#squares, Number.MIN_VALUE);
    const count = this.y.length;
    return { penalties, coefficients, evidence: -0.5 * (complexity + count * Math.log(left / count)) };
  }
}
