import { factor } from "./cholesky";
import { FREE_COLUMNS, FREE_PENALTIES } from "./freeColumns";
import type { Scratch } from "./scratch";

/** Penalty under which systems without bends are kept. */
const STRAIGHT = 0;

/**
 * Factors of lines with bends through the first points of a series, and sums of their times: like the rest of a design,
 * they follow from the timestamps alone.
 */
export class LineSystems {
  /** Sums of scaled times, and of their squares, over the first points. */
  readonly #u: Float64Array;
  readonly #uu: Float64Array;
  /** By penalty and number of points. */
  readonly #factors = new Map<number, Map<number, Float64Array>>();

  constructor(
    scaled: Float64Array,
    private readonly changepoints: Float64Array,
    private readonly starts: Int32Array,
    private readonly scratch: Scratch,
  ) {
    this.#u = scratch.floats(scaled.length + 1);
    this.#uu = scratch.floats(scaled.length + 1);
    for (let i = 0; i < scaled.length; i++) {
      const u = scaled[i] as number;
      this.#u[i + 1] = (this.#u[i] as number) + u;
      this.#uu[i + 1] = (this.#uu[i] as number) + u * u;
    }
  }

  /**
   * The factor of a line with bends through the first points.
   * @param origin number of points
   * @param bends number of bends, the first ones; follows from the origin where there are any
   */
  factor(origin: number, bends: number, penalty: number): Float64Array {
    const key = bends === 0 ? STRAIGHT : penalty;
    let kept = this.#factors.get(key);
    if (kept === undefined) {
      kept = new Map();
      this.#factors.set(key, kept);
    }
    let line = kept.get(origin);
    if (line === undefined) {
      line = this.#matrix(origin, bends, penalty);
      factor(line, bends + FREE_COLUMNS);
      kept.set(origin, line);
    }
    return line;
  }

  /** Sum of the scaled times of some points. */
  sum(from: number, to: number): number {
    return (this.#u[to] as number) - (this.#u[from] as number);
  }

  /** Sum of the squares of the scaled times of some points. */
  squares(from: number, to: number): number {
    return (this.#uu[to] as number) - (this.#uu[from] as number);
  }

  #matrix(origin: number, bends: number, penalty: number): Float64Array {
    const size = bends + FREE_COLUMNS;
    const matrix = this.scratch.floats(size * size);
    matrix[0] = origin + FREE_PENALTIES.intercept;
    matrix[size] = this.sum(0, origin);
    matrix[size + 1] = this.squares(0, origin) + FREE_PENALTIES.slope;
    for (let a = 0; a < bends; a++) {
      const bend = this.changepoints[a] as number;
      const start = this.starts[a] as number;
      const n = origin - start;
      const sum = this.sum(start, origin);
      const squares = this.squares(start, origin);
      const row = (a + FREE_COLUMNS) * size;
      matrix[row] = sum - bend * n;
      matrix[row + 1] = squares - bend * sum;
      for (let b = 0; b <= a; b++) {
        const other = this.changepoints[b] as number;
        matrix[row + b + FREE_COLUMNS] = squares - (bend + other) * sum + bend * other * n;
      }
      matrix[row + a + FREE_COLUMNS] = (matrix[row + a + FREE_COLUMNS] as number) + penalty;
    }
    return matrix;
  }
}
