/**
 * Adds weighted rows to a sum of rows. Four rows at a time: each entry of the sum is then read and written a quarter as
 * often, which is where the time goes.
 * @param rows row-major: rows of `width` terms
 * @param weights one for each row
 * @param from first row
 * @param to row after the last
 */
export function addRows(
  rows: Float64Array,
  width: number,
  weights: Float64Array,
  from: number,
  to: number,
  sums: Float64Array,
): void {
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const a = i * width;
    const [b, c, d] = [a + width, a + 2 * width, a + 3 * width];
    const wa = weights[i] as number;
    const wb = weights[i + 1] as number;
    const wc = weights[i + 2] as number;
    const wd = weights[i + 3] as number;
    for (let k = 0; k < width; k++) {
      sums[k] =
        (sums[k] as number) +
        (wa * (rows[a + k] as number) +
          wb * (rows[b + k] as number) +
          (wc * (rows[c + k] as number) + wd * (rows[d + k] as number)));
    }
  }
  for (; i < to; i++) {
    const weight = weights[i] as number;
    for (let k = 0; k < width; k++) sums[k] = (sums[k] as number) + weight * (rows[i * width + k] as number);
  }
}

/** A block of the products of columns with each other. */
export interface ProductBlock {
  /** Columns of the block's rows, from the first to the one after the last. */
  readonly rows: readonly [number, number];
  /** Columns of the block's columns. */
  readonly columns: readonly [number, number];
}

/**
 * Adds a block of FᵀF, four rows of F at a time.
 * @param terms F, row-major: `count` rows of `width` terms
 * @param corner index in `target` of the product of the first column with itself
 * @param stride entries of `target` from one row to the next
 */
export function addProducts(
  terms: Float64Array,
  count: number,
  width: number,
  { rows, columns }: ProductBlock,
  target: Float64Array,
  corner: number,
  stride: number,
): void {
  const [firstRow, endRow] = rows;
  const [firstColumn, endColumn] = columns;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const a = i * width;
    const [b, c, d] = [a + width, a + 2 * width, a + 3 * width];
    for (let k = firstRow; k < endRow; k++) {
      const wa = terms[a + k] as number;
      const wb = terms[b + k] as number;
      const wc = terms[c + k] as number;
      const wd = terms[d + k] as number;
      const at = corner + k * stride;
      for (let m = firstColumn; m < endColumn; m++) {
        target[at + m] =
          (target[at + m] as number) +
          (wa * (terms[a + m] as number) +
            wb * (terms[b + m] as number) +
            (wc * (terms[c + m] as number) + wd * (terms[d + m] as number)));
      }
    }
  }
  for (; i < count; i++) {
    const row = i * width;
    for (let k = firstRow; k < endRow; k++) {
      const weight = terms[row + k] as number;
      const at = corner + k * stride;
      for (let m = firstColumn; m < endColumn; m++) {
        target[at + m] = (target[at + m] as number) + weight * (terms[row + m] as number);
      }
    }
  }
}
