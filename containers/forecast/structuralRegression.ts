import { product, solveLower, solveUpper } from "./cholesky";
import type { FactoredSystem, Penalties, TrendFactor } from "./penalisedSystems";
import type { RegressionDesign } from "./regressionDesign";
import type { Scratch } from "./scratch";

/** Penalties that are tried besides the usual one, relative to the noise: weaker, and stronger twice. */
const TRIED = { bends: { weaker: 1e-3, stronger: [10, 1e3] }, seasons: { weaker: 1e-2, stronger: [30, 1e4] } } as const;

/** Powers that are tried besides the usual one, as long as each is more likely than the one before it. */
const TRIED_POWERS = [4, 6] as const;

/** Penalties that do well without being chosen. */
const USUAL = { bends: 0.1, season: 1, power: 2 } as const;

/** A regression on trend and seasons. */
export interface Regression {
  readonly penalties: Penalties;
  /** One for each column of the design. */
  readonly coefficients: Float64Array;
}

/** How likely some penalties are. */
interface Evidence {
  readonly penalties: Penalties;
  readonly system: FactoredSystem;
  /** L⁻¹Xᵀy: what of it is the trend's, and what the seasons'. */
  readonly ofTrend: Float64Array;
  readonly ofSeasons: Float64Array;
  /** Logarithm of the evidence, up to a constant that is the same for all of a series. */
  readonly evidence: number;
}

/** The regressions of one series. */
export class StructuralRegression {
  /** Xᵀy. */
  readonly #projected: Float64Array;
  readonly #squares: number;
  readonly #trends = new Map<TrendFactor, Float64Array>();
  readonly #usual: Evidence;
  #best: Evidence;

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
    this.#usual = this.#evaluate({
      bends: USUAL.bends,
      seasons: design.axis.seasons.map(() => USUAL.season),
      powers: design.axis.seasons.map(() => USUAL.power),
    });
    this.#best = this.#usual;
  }

  /** Logarithm of the evidence with penalties that are not chosen, to compare scales. */
  get usualEvidence(): number {
    return this.#usual.evidence;
  }

  /**
   * Fits trend and seasons, with the penalties that the data find most likely: the evidence weighs fit against freedom, so
   * no part of the series has to be held back. One penalty after the other: a stronger one, and then a still stronger or
   * else a weaker one; for a season then how much more its higher harmonics are drawn in; the trend's again, once the
   * seasons' have changed.
   */
  fit(): Regression {
    this.#best = this.#usual;
    this.#tryBends();
    let changed = false;
    for (let index = 0; index < this.design.axis.seasons.length; index++) if (this.#trySeason(index)) changed = true;
    if (changed) this.#tryBends();
    return { penalties: this.#best.penalties, coefficients: this.#coefficients(this.#best) };
  }

  /** @returns whether another penalty is more likely */
  #tryBends(): boolean {
    const { weaker, stronger } = TRIED.bends;
    const { penalties } = this.#best;
    if (!this.#consider({ ...penalties, bends: stronger[0] })) return this.#consider({ ...penalties, bends: weaker });
    this.#consider({ ...penalties, bends: stronger[1] });
    return true;
  }

  /** @returns whether another strength is more likely; how smooth the season is says nothing of the bends */
  #trySeason(index: number): boolean {
    const { weaker, stronger } = TRIED.seasons;
    const { penalties } = this.#best;
    const { seasons, powers } = penalties;
    const isStronger = this.#consider({ ...penalties, seasons: seasons.with(index, stronger[0]) });
    const other = isStronger ? stronger[1] : weaker;
    const isOther = this.#consider({ ...penalties, seasons: seasons.with(index, other) });
    for (const power of TRIED_POWERS) {
      if (!this.#consider({ ...this.#best.penalties, powers: powers.with(index, power) })) break;
    }
    return isStronger || isOther;
  }

  #consider(penalties: Penalties): boolean {
    const other = this.#evaluate(penalties);
    if (other.evidence <= this.#best.evidence) return false;
    this.#best = other;
    return true;
  }

  #evaluate(penalties: Penalties): Evidence {
    const { columns, systems, termCount, trendColumns } = this.design;
    const system = systems.of(penalties);
    const { trend, seasons, complexity } = system;
    let ofTrend = this.#trends.get(trend);
    if (ofTrend === undefined) {
      ofTrend = this.scratch.floats(trendColumns);
      solveLower(trend.factor, columns, trendColumns, this.#projected, ofTrend);
      this.#trends.set(trend, ofTrend);
    }
    const ofSeasons = this.scratch.floats(termCount);
    for (let k = 0; k < termCount; k++) {
      const column = trendColumns + k;
      ofSeasons[k] =
        (this.#projected[column] as number) - product(trend.factor, column * columns, ofTrend, trendColumns);
    }
    solveLower(seasons, termCount, termCount, ofSeasons, ofSeasons);
    const explained = product(ofTrend, 0, ofTrend, trendColumns) + product(ofSeasons, 0, ofSeasons, termCount);
    // What rounding leaves of a perfect fit is not evidence.
    const left = Math.max(this.#squares - explained, 1e-10 * this.#squares, Number.MIN_VALUE);
    const count = this.y.length;
    return {
      ...{ penalties, system, ofTrend, ofSeasons },
      evidence: -0.5 * (complexity + count * Math.log(left / count)),
    };
  }

  #coefficients({ system: { trend, seasons }, ofTrend, ofSeasons }: Evidence): Float64Array {
    const { columns, termCount, trendColumns } = this.design;
    const coefficients = this.scratch.floats(columns);
    const ofTerms = coefficients.subarray(trendColumns);
    ofTerms.set(ofSeasons);
    solveUpper(seasons, termCount, termCount, ofTerms);
    coefficients.set(ofTrend);
    for (let k = 0; k < termCount; k++) {
      const from = (trendColumns + k) * columns;
      const value = ofTerms[k] as number;
      for (let j = 0; j < trendColumns; j++) {
        coefficients[j] = (coefficients[j] as number) - (trend.factor[from + j] as number) * value;
      }
    }
    solveUpper(trend.factor, columns, trendColumns, coefficients);
    return coefficients;
  }
}
