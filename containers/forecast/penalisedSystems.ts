import { factor } from "./cholesky";
import { FREE_COLUMNS, FREE_PENALTIES } from "./freeColumns";
import { type DesignColumns, gramMatrix } from "./gramMatrix";
import type { Scratch } from "./scratch";

/** How strongly coefficients are drawn to zero: one value for the trend's bends, and one for each season. */
export interface Penalties {
  readonly bends: number;
  readonly seasons: readonly number[];
  /** The even power of a harmonic's number by which it is drawn more strongly than the first, one for each season. */
  readonly powers: readonly number[];
}

/** What the penalty of the bends alone decides of a system. */
export interface TrendFactor {
  /** Row-major: the factor's columns of the trend, and then what is left of XᵀX for the seasons. */
  readonly factor: Float64Array;
  readonly complexity: number;
}

/** XᵀX + Λ, factored: the columns of the trend, which many penalties of the seasons share, and those of the seasons. */
export interface FactoredSystem {
  readonly trend: TrendFactor;
  /** Row-major. */
  readonly seasons: Float64Array;
  /** log|A| - log|Λ|, the complexity that the evidence charges. */
  readonly complexity: number;
}

/** Factors of a design's XᵀX + Λ for the penalties that were tried. */
export class PenalisedSystems {
  readonly #gram: Float64Array;
  readonly #trends = new Map<number, TrendFactor>();
  readonly #systems = new Map<string, FactoredSystem>();

  constructor(
    private readonly design: DesignColumns,
    private readonly scratch: Scratch,
  ) {
    this.#gram = gramMatrix(design, scratch);
  }

  /** The system of some penalties. */
  of(penalties: Penalties): FactoredSystem {
    const key = `${penalties.bends} ${penalties.seasons.join(" ")} ${penalties.powers.join(" ")}`;
    let system = this.#systems.get(key);
    if (system === undefined) {
      system = this.#system(penalties);
      this.#systems.set(key, system);
    }
    return system;
  }

  #system({ bends, seasons: penalties, powers }: Penalties): FactoredSystem {
    const { axis, columns, termCount, trendColumns } = this.design;
    let trend = this.#trends.get(bends);
    if (trend === undefined) {
      trend = this.#trend(bends);
      this.#trends.set(bends, trend);
    }
    const seasons = this.scratch.floats(termCount * termCount);
    for (let k = 0; k < termCount; k++) {
      const from = (trendColumns + k) * columns + trendColumns;
      for (let m = 0; m <= k; m++) seasons[k * termCount + m] = trend.factor[from + m] as number;
    }
    let logs = 0;
    let column = 0;
    for (let index = 0; index < axis.seasons.length; index++) {
      const usual = penalties[index] ?? 1;
      const power = powers[index] ?? 2;
      const end = column + 2 * (axis.seasons[index]?.order ?? 0);
      for (let k = 1; column < end; k++) {
        // Higher harmonics are smaller in what nature and business make, the more so the smoother it is.
        let penalty = usual;
        for (let even = 0; even < power; even += 2) penalty *= k * k;
        logs += 2 * Math.log(penalty);
        penalise(seasons, termCount, column++, penalty);
        penalise(seasons, termCount, column++, penalty);
      }
    }
    return { trend, seasons, complexity: trend.complexity + factor(seasons, termCount) - logs };
  }

  #trend(bends: number): TrendFactor {
    const { changepoints, columns, trendColumns } = this.design;
    const matrix = this.scratch.copy(this.#gram);
    penalise(matrix, columns, 0, FREE_PENALTIES.intercept);
    penalise(matrix, columns, 1, FREE_PENALTIES.slope);
    for (let j = 0; j < changepoints.length; j++) penalise(matrix, columns, FREE_COLUMNS + j, bends);
    const logs =
      Math.log(FREE_PENALTIES.intercept) + Math.log(FREE_PENALTIES.slope) + changepoints.length * Math.log(bends);
    return { factor: matrix, complexity: factor(matrix, columns, trendColumns) - logs };
  }
}

function penalise(matrix: Float64Array, size: number, column: number, penalty: number): void {
  const at = column * size + column;
  matrix[at] = (matrix[at] as number) + penalty;
}
