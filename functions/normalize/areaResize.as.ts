// AssemblyScript (WASM SIMD): the two passes of the area resize. Compiled by `npm run wasm`; see areaResizer.ts.
// Memory is imported and laid out by the caller. Both passes may read and write up to 63 elements past the end of a
// row, so every region is followed by slack; what lies there never reaches a result.

import { fourSums } from "./fourSums.as";

/** Rows of 8-bit samples that fit into a 16-bit sum: 257 × 255 = 65,535. */
const ROWS_PER_SUM: i32 = 256;

/**
 * Vertical pass for one output row, as floats: 2^14 × (first × firstWeight + the rows after it + last × lastWeight).
 * @param first address of the first row
 * @param between rows between the first and the last; their weight is one
 * @param last address of the last row
 * @param weights weights of the first and (upper half) the last row, 14 binary places
 * @param stride bytes from row to row
 * @param samples samples of a row
 */
export function sumRows(
  first: usize, between: i32, last: usize, weights: i32, stride: usize, samples: i32, out: usize,
): void {
  const shares = i32x4.splat(weights);
  const head = min(between, ROWS_PER_SUM);
  for (let x: i32 = 0; x < samples; x += 32) {
    let at = first + <usize>x;
    const bottom = last + <usize>x;
    let a = i16x8.splat(0);
    let b = i16x8.splat(0);
    let c = i16x8.splat(0);
    let d = i16x8.splat(0);
    const top = v128.load(at);
    const end = v128.load(bottom);
    const top2 = v128.load(at, 16);
    const end2 = v128.load(bottom, 16);
    for (let row: i32 = 0; row < head; row++) {
      at += stride;
      const low = v128.load(at);
      const high = v128.load(at, 16);
      a = i16x8.add(a, i16x8.extend_low_i8x16_u(low));
      b = i16x8.add(b, i16x8.extend_high_i8x16_u(low));
      c = i16x8.add(c, i16x8.extend_low_i8x16_u(high));
      d = i16x8.add(d, i16x8.extend_high_i8x16_u(high));
    }
    borders(out, v128.shuffle<u8>(top, end, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), a, shares);
    borders(out + 32, v128.shuffle<u8>(top, end, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), b, shares);
    borders(out + 64, v128.shuffle<u8>(top2, end2, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), c, shares);
    borders(out + 96, v128.shuffle<u8>(top2, end2, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), d, shares);
    for (let left = between - head; left > 0; left--) {
      at += stride;
      for (let i: usize = 0; i < 32; i += 4) addRow(out + (i << 2), at + i);
    }
    out += 128;
  }
}

// @ts-ignore: decorator
@inline
function borders(out: usize, pairs: v128, sums: v128, shares: v128): void {
  const low = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(pairs), shares);
  const high = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(pairs), shares);
  v128.store(out, f32x4.convert_i32x4_s(i32x4.add(low, i32x4.shl(i32x4.extend_low_i16x8_u(sums), 14))));
  v128.store(out, f32x4.convert_i32x4_s(i32x4.add(high, i32x4.shl(i32x4.extend_high_i16x8_u(sums), 14))), 16);
}

/** One more row for the rare output row that covers more than a 16-bit sum holds. */
function addRow(out: usize, from: usize): void {
  const row = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
  v128.store(out, f32x4.add(v128.load(out), f32x4.convert_i32x4_s(i32x4.shl(row, 14))));
}

/**
 * Horizontal pass of a row of one channel: each output sample is the weighted sum of 4 × `quads` floats.
 * @param row the vertical pass' result
 * @param offsets byte offset into `row` per output sample (32-bit)
 * @param weights 4 × `quads` floats per output sample
 * @param count output samples; the tables and `out` reach to the next multiple of four
 */
export function sumColumns1(row: usize, offsets: usize, weights: usize, quads: i32, count: i32, out: usize): void {
  const size = <usize>quads << 4;
  const end = out + count;
  for (; out < end; out += 4, offsets += 16, weights += size << 2) {
    v128.store32_lane(out, bytes(fourSums(row, offsets, weights, size)), 0);
  }
}

/** The same for three interleaved channels; `weights` holds 12 × `quads` floats per output pixel, each weight thrice. */
export function sumColumns3(row: usize, offsets: usize, weights: usize, quads: i32, count: i32, out: usize): void {
  for (let x: i32 = 0; x < count; x++) {
    const from = row + load<u32>(offsets);
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    const end = <usize>(quads * 48);
    for (let at: usize = 0; at < end; at += 48) {
      a = f32x4.add(a, f32x4.mul(v128.load(from + at), v128.load(weights + at)));
      b = f32x4.add(b, f32x4.mul(v128.load(from + at, 16), v128.load(weights + at, 16)));
      c = f32x4.add(c, f32x4.mul(v128.load(from + at, 32), v128.load(weights + at, 32)));
    }
    // Lanes hold r g b r | g b r g | b r g b: bring the other three of each channel below the first.
    const sums = f32x4.add(
      f32x4.add(a, v128.shuffle<f32>(a, b, 3, 4, 5, 3)),
      f32x4.add(v128.shuffle<f32>(b, c, 2, 3, 4, 2), v128.shuffle<f32>(c, c, 1, 2, 3, 1)),
    );
    v128.store32_lane(out, bytes(sums), 0);
    weights += end;
    offsets += 4;
    out += 3;
  }
}

/**
 * Rounds four floats of 0 to 255 half up and narrows them to the four lowest bytes: added to 2^23, the fraction is
 * rounded away and the lowest byte is the number. The little extra turns half to even into half up.
 */
// @ts-ignore: decorator
@inline
function bytes(sums: v128): v128 {
  const whole = f32x4.add(f32x4.add(sums, f32x4.splat(1.0 / 1024)), f32x4.splat(8388608));
  return v128.shuffle<u8>(whole, whole, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12);
}
