/**
 * Adds FᵀF to the lower triangle of a block. Four rows at a time: each entry of the block is then read and written a
 * quarter as often, which is where the time goes.
 * @param rows F, row-major: `count` rows of `width` terms
 * @param corner index in `target` of the block's first entry
 * @param stride entries of `target` from one row to the next
 */
export function addProducts(
  rows: Float64Array,
  count: number,
  width: number,
  target: Float64Array,
  corner: number,
  stride: number,
): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const a = i * width;
    const [b, c, d] = [a + width, a + 2 * width, a + 3 * width];
    for (let k = 0; k < width; k++) {
      const wa = rows[a + k] as number;
      const wb = rows[b + k] as number;
      const wc = rows[c + k] as number;
      const wd = rows[d + k] as number;
      const at = corner + k * stride;
      for (let m = 0; m <= k; m++) {
        target[at + m] =
          (target[at + m] as number) +
          (wa * (rows[a + m] as number) +
            wb * (rows[b + m] as number) +
            (wc * (rows[c + m] as number) + wd * (rows[d + m] as number)));
      }
    }
  }
  for (; i < count; i++) {
    const row = i * width;
    for (let k = 0; k < width; k++) {
      const weight = rows[row + k] as number;
      const at = corner + k * stride;
      for (let m = 0; m <= k; m++) target[at + m] = (target[at + m] as number) + weight * (rows[row + m] as number);
    }
  }
}
