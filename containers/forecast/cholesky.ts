/**
 * Cholesky factor of a symmetric positive definite matrix, in place: the lower triangle of `a` becomes L with A = L·Lᵀ.
 * A pivot that rounding made worthless is raised to a small share of its diagonal, as if a little ridge stood there.
 * @param a row-major, `size` × `size`; only the lower triangle is read
 * @returns the logarithm of A's determinant
 */
export function factor(a: Float64Array, size: number): number {
  let logDeterminant = 0;
  for (let j = 0; j < size; j++) {
    const row = j * size;
    const diagonal = a[row + j] as number;
    const pivot = Math.max(diagonal - squares(a, row, j), 1e-12 * diagonal, Number.MIN_VALUE);
    const root = Math.sqrt(pivot);
    logDeterminant += Math.log(pivot);
    a[row + j] = root;
    const inverse = 1 / root;
    let i = j + 1;
    // Three rows at a time: what is read of row j serves all of them, and no sum waits for another.
    for (; i + 3 <= size; i += 3) {
      const first = i * size;
      const second = first + size;
      const third = second + size;
      let [x, y, z] = [0, 0, 0];
      for (let k = 0; k < j; k++) {
        const left = a[row + k] as number;
        x += (a[first + k] as number) * left;
        y += (a[second + k] as number) * left;
        z += (a[third + k] as number) * left;
      }
      a[first + j] = ((a[first + j] as number) - x) * inverse;
      a[second + j] = ((a[second + j] as number) - y) * inverse;
      a[third + j] = ((a[third + j] as number) - z) * inverse;
    }
    for (; i < size; i++) {
      const other = i * size;
      let x = 0;
      for (let k = 0; k < j; k++) x += (a[other + k] as number) * (a[row + k] as number);
      a[other + j] = ((a[other + j] as number) - x) * inverse;
    }
  }
  return logDeterminant;
}

function squares(a: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let k = from; k < from + count; k++) sum += (a[k] as number) * (a[k] as number);
  return sum;
}

/** Solves L·Lᵀ·x = b with a factor of {@link factor}; `x` may be `b`. */
export function solve(l: Float64Array, size: number, b: Float64Array, x: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let [even, odd] = [b[i] as number, 0];
    let k = 0;
    for (; k + 2 <= i; k += 2) {
      even -= (l[row + k] as number) * (x[k] as number);
      odd -= (l[row + k + 1] as number) * (x[k + 1] as number);
    }
    if (k < i) even -= (l[row + k] as number) * (x[k] as number);
    x[i] = (even + odd) / (l[row + i] as number);
  }
  // Row by row, as the factor lies in memory: each unknown is taken off those before it.
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size;
    const value = (x[i] as number) / (l[row + i] as number);
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = (x[k] as number) - (l[row + k] as number) * value;
  }
}
