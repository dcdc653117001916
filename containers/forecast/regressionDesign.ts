import { factor } from "./cholesky";
import { addProducts } from "./gramProducts";
import { seasonalColumns, writeSeasonalTerms } from "./seasonalBasis";
import { ONE_STEP, tableIndex } from "./stepTable";
import { DAY_MS, type TimeAxis, timeAxis } from "./timeAxis";

/** Most places where the trend may bend, and the share of the series in which they stand: as Prophet has them. */
const CHANGEPOINTS = { most: 25, share: 0.8, pointsEach: 8 };

/** Columns that are not penalised in earnest: intercept and slope. */
const FREE = 2;

/** So small that they only keep a system from being singular. */
const FREE_PENALTIES = { intercept: 1e-8, slope: 1e-6 };

/** How strongly coefficients are drawn to zero: one value for the trend's bends, and one for each season. */
export interface Penalties {
  readonly bends: number;
  readonly seasons: readonly number[];
}

/** A factorised system for some penalties. */
export interface FactoredSystem {
  /** Cholesky factor, row-major. */
  readonly factor: Float64Array;
  /** log|A| - log|Λ|, the complexity that the evidence charges. */
  readonly complexity: number;
}

/**
 * Everything about a regression that the timestamps alone decide: columns `1, u, max(0, u - c₁) …, sin, cos …` with u
 * the time scaled to 0…1, their Gram matrix, and its factors. Customers with the same timestamps share one.
 */
export class RegressionDesign {
  readonly axis: TimeAxis;
  /** Scaled time of each point. */
  readonly scaled: Float64Array;
  /** Where the trend may bend, scaled. */
  readonly changepoints: Float64Array;
  /** First point beyond each changepoint. */
  readonly starts: Int32Array;
  /** Fourier terms, row-major. */
  readonly terms: Float64Array;
  readonly termCount: number;
  /** Columns before the Fourier terms. */
  readonly trendColumns: number;
  readonly columns: number;
  /** Distance of each point from the one before, as indexes of a step table; undefined when all are one step. */
  readonly gaps: Uint16Array | undefined;
  /** The usual distance of neighbours in scaled time. */
  readonly scaledStep: number;
  readonly #gram: Float64Array;
  /** Sums of scaled times, and of their squares, over the first points. */
  readonly #u: Float64Array;
  readonly #uu: Float64Array;
  readonly #lines = new Map<string, Float64Array>();
  readonly #factors = new Map<string, FactoredSystem>();

  constructor(readonly times: Float64Array) {
    this.axis = timeAxis(times);
    const { first, last, seasons } = this.axis;
    const span = last - first || 1;
    this.scaled = times.map((time) => (time - first) / span);
    [this.changepoints, this.starts] = changepointsOf(this.scaled);
    this.termCount = seasonalColumns(seasons);
    this.terms = new Float64Array(times.length * this.termCount);
    writeSeasonalTerms(times, seasons, this.terms, this.termCount);
    this.trendColumns = FREE + this.changepoints.length;
    this.columns = this.trendColumns + this.termCount;
    this.gaps = gapsOf(times, this.axis.step * DAY_MS);
    this.scaledStep = (this.axis.step * DAY_MS) / span;
    this.#gram = this.#gramMatrix();
    this.#u = new Float64Array(times.length + 1);
    this.#uu = new Float64Array(times.length + 1);
    for (let i = 0; i < times.length; i++) {
      const u = this.scaled[i] as number;
      this.#u[i + 1] = (this.#u[i] as number) + u;
      this.#uu[i + 1] = (this.#uu[i] as number) + u * u;
    }
  }

  /** Xᵀy. */
  project(y: Float64Array): Float64Array {
    const { scaled, terms, termCount, trendColumns } = this;
    const result = new Float64Array(this.columns);
    const sums = result.subarray(trendColumns);
    let [s0, s1] = [0, 0];
    let next = this.changepoints.length - 1;
    for (let i = scaled.length - 1; i >= 0; i--) {
      const value = y[i] as number;
      s0 += value;
      s1 += value * (scaled[i] as number);
      const row = i * termCount;
      for (let k = 0; k < termCount; k++) sums[k] = (sums[k] as number) + value * (terms[row + k] as number);
      for (; next >= 0 && this.starts[next] === i; next--) {
        result[FREE + next] = s1 - (this.changepoints[next] as number) * s0;
      }
    }
    result[0] = s0;
    result[1] = s1;
    return result;
  }

  /** The factor of XᵀX + Λ. */
  system(penalties: Penalties): FactoredSystem {
    const key = `${penalties.bends} ${penalties.seasons.join(" ")}`;
    let system = this.#factors.get(key);
    if (system === undefined) {
      const matrix = this.#gram.slice();
      const logPenalties = this.#addPenalties(matrix, penalties);
      system = { complexity: factor(matrix, this.columns) - logPenalties, factor: matrix };
      this.#factors.set(key, system);
    }
    return system;
  }

  /**
   * The factor of a line with bends through the first points.
   * @param origin number of points
   * @param bends number of bends, the first ones
   */
  lineSystem(origin: number, bends: number, penalty: number): Float64Array {
    const key = `${origin} ${bends} ${penalty}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = this.#lineMatrix(origin, bends, penalty);
      factor(line, bends + FREE);
      this.#lines.set(key, line);
    }
    return line;
  }

  /** Sums of the scaled times of some points, and of their squares. */
  scaledSums(from: number, to: number): { readonly u: number; readonly uu: number } {
    const [u, uu] = [this.#u, this.#uu];
    return { u: (u[to] as number) - (u[from] as number), uu: (uu[to] as number) - (uu[from] as number) };
  }

  #lineMatrix(origin: number, bends: number, penalty: number): Float64Array {
    const [u, uu] = [this.#u, this.#uu];
    const size = bends + FREE;
    const matrix = new Float64Array(size * size);
    matrix[0] = origin + FREE_PENALTIES.intercept;
    matrix[size] = u[origin] as number;
    matrix[size + 1] = (uu[origin] as number) + FREE_PENALTIES.slope;
    for (let a = 0; a < bends; a++) {
      const bend = this.changepoints[a] as number;
      const start = this.starts[a] as number;
      const n = origin - start;
      const sum = (u[origin] as number) - (u[start] as number);
      const squares = (uu[origin] as number) - (uu[start] as number);
      const row = (a + FREE) * size;
      matrix[row] = sum - bend * n;
      matrix[row + 1] = squares - bend * sum;
      for (let b = 0; b <= a; b++) {
        const other = this.changepoints[b] as number;
        matrix[row + b + FREE] = squares - (bend + other) * sum + bend * other * n;
      }
      matrix[row + a + FREE] = (matrix[row + a + FREE] as number) + penalty;
    }
    return matrix;
  }

  /** Adds Λ to the diagonal, and returns the sum of the logarithms of what is penalised. */
  #addPenalties(matrix: Float64Array, { bends, seasons }: Penalties): number {
    const { columns, axis } = this;
    let logs = 0;
    const add = (column: number, penalty: number): void => {
      const at = column * columns + column;
      matrix[at] = (matrix[at] as number) + penalty;
      logs += Math.log(penalty);
    };
    add(0, FREE_PENALTIES.intercept);
    add(1, FREE_PENALTIES.slope);
    for (let j = 0; j < this.changepoints.length; j++) add(FREE + j, bends);
    let column = this.trendColumns;
    for (const [index, { order }] of axis.seasons.entries()) {
      for (let k = 1; k <= order; k++) {
        // Higher harmonics are smaller in what nature and business make.
        add(column++, (seasons[index] ?? 1) * k * k);
        add(column++, (seasons[index] ?? 1) * k * k);
      }
    }
    return logs;
  }

  /** XᵀX, its lower triangle: the trend's part from sums over the points beyond each bend, not from columns. */
  #gramMatrix(): Float64Array {
    const { scaled, terms, termCount, changepoints, starts, trendColumns, columns } = this;
    const gram = new Float64Array(columns * columns);
    const bends = changepoints.length;
    // Index 0 is the line itself, whose bend is at 0.
    const [z0, z1, z2] = [new Float64Array(bends + 1), new Float64Array(bends + 1), new Float64Array(bends + 1)];
    const [t0, t1] = [new Float64Array(termCount), new Float64Array(termCount)];
    let [s0, s1, s2] = [0, 0, 0];
    let next = bends - 1;
    for (let i = scaled.length - 1; i >= 0; i--) {
      const u = scaled[i] as number;
      s0 += 1;
      s1 += u;
      s2 += u * u;
      const row = i * termCount;
      for (let k = 0; k < termCount; k++) {
        const term = terms[row + k] as number;
        t0[k] = (t0[k] as number) + term;
        t1[k] = (t1[k] as number) + u * term;
      }
      for (; next >= 0 && starts[next] === i; next--) {
        const bend = changepoints[next] as number;
        [z0[next + 1], z1[next + 1], z2[next + 1]] = [s0, s1, s2];
        for (let k = 0; k < termCount; k++) {
          gram[(trendColumns + k) * columns + FREE + next] = (t1[k] as number) - bend * (t0[k] as number);
        }
      }
    }
    [z0[0], z1[0], z2[0]] = [s0, s1, s2];
    gram[0] = s0;
    for (let a = 0; a <= bends; a++) {
      const ca = a === 0 ? 0 : (changepoints[a - 1] as number);
      const row = (a + 1) * columns;
      gram[row] = (z1[a] as number) - ca * (z0[a] as number);
      for (let b = 0; b <= a; b++) {
        const cb = b === 0 ? 0 : (changepoints[b - 1] as number);
        gram[row + b + 1] = (z2[a] as number) - (ca + cb) * (z1[a] as number) + ca * cb * (z0[a] as number);
      }
    }
    for (let k = 0; k < termCount; k++) {
      gram[(trendColumns + k) * columns] = t0[k] as number;
      gram[(trendColumns + k) * columns + 1] = t1[k] as number;
    }
    addProducts(terms, scaled.length, termCount, gram, trendColumns * columns + trendColumns, columns);
    return gram;
  }
}

/** Changepoints between the points at even shares of the first part of the series, as Prophet sets them. */
function changepointsOf(scaled: Float64Array): [Float64Array, Int32Array] {
  const reach = Math.floor(scaled.length * CHANGEPOINTS.share);
  const count = Math.max(0, Math.min(CHANGEPOINTS.most, Math.floor(reach / CHANGEPOINTS.pointsEach) - 1));
  const changepoints = new Float64Array(count);
  const starts = new Int32Array(count);
  for (let j = 0; j < count; j++) {
    const at = Math.round(((j + 1) * reach) / (count + 1));
    changepoints[j] = scaled[at] as number;
    // The term at the changepoint itself is 0.
    starts[j] = Math.min(at + 1, scaled.length - 1);
  }
  return [changepoints, starts];
}

function gapsOf(times: Float64Array, stepMs: number): Uint16Array | undefined {
  const gaps = new Uint16Array(times.length).fill(ONE_STEP);
  let regular = true;
  for (let i = 1; i < times.length; i++) {
    const gap = ((times[i] as number) - (times[i - 1] as number)) / stepMs;
    // Months and summer time are regular to anybody but a clock.
    if (Math.abs(gap - 1) < 0.1) continue;
    gaps[i] = tableIndex(gap);
    regular = false;
  }
  return regular ? undefined : gaps;
}
