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
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= (a[row + k] as number) ** 2;
    pivot = Math.max(pivot, 1e-12 * diagonal, Number.MIN_VALUE);
    const root = Math.sqrt(pivot);
    logDeterminant += Math.log(pivot);
    a[row + j] = root;
    const inverse = 1 / root;
    for (let i = j + 1; i < size; i++) {
      const other = i * size;
      // Two sums, so that one product need not wait for the other's addition.
      let even = 0;
      let odd = 0;
      let k = 0;
      for (; k + 2 <= j; k += 2) {
        even += (a[other + k] as number) * (a[row + k] as number);
        odd += (a[other + k + 1] as number) * (a[row + k + 1] as number);
      }
      if (k < j) even += (a[other + k] as number) * (a[row + k] as number);
      a[other + j] = ((a[other + j] as number) - even - odd) * inverse;
    }
  }
  return logDeterminant;
}

/** Solves L·Lᵀ·x = b with a factor of {@link factor}; `x` may be `b`. */
export function solve(l: Float64Array, size: number, b: Float64Array, x: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i] as number;
    const row = i * size;
    for (let k = 0; k < i; k++) sum -= (l[row + k] as number) * (x[k] as number);
    x[i] = sum / (l[row + i] as number);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] as number;
    for (let k = i + 1; k < size; k++) sum -= (l[k * size + i] as number) * (x[k] as number);
    x[i] = sum / (l[i * size + i] as number);
  }
}
