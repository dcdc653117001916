// AssemblyScript (WASM SIMD): what the horizontal passes of areaResize.as.ts and videoResize.as.ts share.

/**
 * Four weighted sums of `size` bytes of floats each.
 * @param offsets where each one's floats begin, from `row` on, in bytes (32-bit)
 * @param weights `size` bytes of floats for each
 */
// @ts-ignore: decorator
@inline
export function fourSums(row: usize, offsets: usize, weights: usize, size: usize): v128 {
  const p = row + load<u32>(offsets);
  const q = row + load<u32>(offsets, 4);
  const r = row + load<u32>(offsets, 8);
  const s = row + load<u32>(offsets, 12);
  const v = weights + size;
  const w = v + size;
  const x = w + size;
  let a = f32x4.mul(v128.load(p), v128.load(weights));
  let b = f32x4.mul(v128.load(q), v128.load(v));
  let c = f32x4.mul(v128.load(r), v128.load(w));
  let d = f32x4.mul(v128.load(s), v128.load(x));
  for (let at: usize = 16; at < size; at += 16) {
    a = f32x4.add(a, f32x4.mul(v128.load(p + at), v128.load(weights + at)));
    b = f32x4.add(b, f32x4.mul(v128.load(q + at), v128.load(v + at)));
    c = f32x4.add(c, f32x4.mul(v128.load(r + at), v128.load(w + at)));
    d = f32x4.add(d, f32x4.mul(v128.load(s + at), v128.load(x + at)));
  }
  // Transpose and add: the four lanes of each sum become one lane.
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
