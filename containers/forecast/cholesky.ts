/**
 * Cholesky factor of a symmetric positive definite matrix, in place: the lower triangle of `a` becomes L with A = L·Lᵀ.
 * A pivot that rounding made worthless is raised to a small share of its diagonal, as if a little ridge stood there.
 * @param a row-major, `size` × `size`; only the lower triangle is read
 * @param columns factored, the first ones; what is left of the others is then the Schur complement, which a factor of their
 *   own completes. Defaults to all
 * @returns the logarithm of the determinant of A, or of its first columns
 */
export function factor(a: Float64Array, size: number, columns = size): number {
  let logDeterminant = 0;
  for (let j = 0; j < columns; j++) {
    const row = j * size;
    const diagonal = a[row + j] as number;
    const pivot = Math.max(diagonal - squares(a, row, j), 1e-12 * diagonal, Number.MIN_VALUE);
    const root = Math.sqrt(pivot);
    logDeterminant += Math.log(pivot);
    a[row + j] = root;
    reduce(a, size, j + 1, j, j, 1 / root);
  }
  for (let j = columns; j < size; j++) reduce(a, size, j, j, columns, 1);
  return logDeterminant;
}

/**
 * Takes products with a row off a column, below a row of it. Three rows at a time: what is read of the one serves all of
 * them, and no sum waits for another.
 * @param first row
 * @param count terms of each product
 * @param scale what is left is multiplied with
 */
function reduce(a: Float64Array, size: number, first: number, column: number, count: number, scale: number): void {
  const row = column * size;
  let i = first;
  for (; i + 3 <= size; i += 3) {
    const one = i * size;
    const two = one + size;
    const three = two + size;
    let [x, y, z] = [0, 0, 0];
    for (let k = 0; k < count; k++) {
      const left = a[row + k] as number;
      x += (a[one + k] as number) * left;
      y += (a[two + k] as number) * left;
      z += (a[three + k] as number) * left;
    }
    a[one + column] = ((a[one + column] as number) - x) * scale;
    a[two + column] = ((a[two + column] as number) - y) * scale;
    a[three + column] = ((a[three + column] as number) - z) * scale;
  }
  for (; i < size; i++) {
    const one = i * size;
    let x = 0;
    for (let k = 0; k < count; k++) x += (a[one + k] as number) * (a[row + k] as number);
    a[one + column] = ((a[one + column] as number) - x) * scale;
  }
}

function squares(a: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let k = from; k < from + count; k++) sum += (a[k] as number) * (a[k] as number);
  return sum;
}

/** Solves L·Lᵀ·x = b with a factor of {@link factor}; `x` may be `b`. */
export function solve(l: Float64Array, size: number, b: Float64Array, x: Float64Array): void {
  solveLower(l, size, size, b, x);
  solveUpper(l, size, size, x);
}

/**
 * Solves L·x = b by the first rows of a factor; `x` may be `b`.
 * @param size entries from one row to the next
 * @param count rows
 */
export function solveLower(l: Float64Array, size: number, count: number, b: Float64Array, x: Float64Array): void {
  for (let i = 0; i < count; i++) {
    const row = i * size;
    x[i] = ((b[i] as number) - product(l, row, x, i)) / (l[row + i] as number);
  }
}

/** Solves Lᵀ·x = x by the first rows of a factor, in place. */
export function solveUpper(l: Float64Array, size: number, count: number, x: Float64Array): void {
  // Row by row, as the factor lies in memory: each unknown is taken off those before it.
  for (let i = count - 1; i >= 0; i--) {
    const row = i * size;
    const value = (x[i] as number) / (l[row + i] as number);
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = (x[k] as number) - (l[row + k] as number) * value;
  }
}

/** Product of some entries of a matrix with the first ones of a vector. */
export function product(a: Float64Array, from: number, x: Float64Array, count: number): number {
  let [even, odd] = [0, 0];
  let k = 0;
  for (; k + 2 <= count; k += 2) {
    even += (a[from + k] as number) * (x[k] as number);
    odd += (a[from + k + 1] as number) * (x[k + 1] as number);
  }
  if (k < count) even += (a[from + k] as number) * (x[k] as number);
  return even + odd;
}
