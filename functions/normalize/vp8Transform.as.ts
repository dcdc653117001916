// AssemblyScript (WASM SIMD): from coefficients of VP8 to differences of pixels (RFC 6386, section 14), to the bit as libwebp.

import { COEFFICIENTS, ODD } from "./vp8State.as";

/** The upper half of each product of 16 bits. */
// @ts-ignore: decorator
@inline
function upper(a: v128, b: i16): v128 {
  const low = i32x4.extmul_low_i16x8_s(a, i16x8.splat(b));
  const high = i32x4.extmul_high_i16x8_s(a, i16x8.splat(b));
  return v128.shuffle<i16>(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
}

/** The first half of one vector, and the other one's second half with its sign changed, or not. */
// @ts-ignore: decorator
@inline
function butterfly(first: v128, second: v128): v128 {
  const sign = i64x2(0, -1);
  return i16x8.add(first, i16x8.sub(v128.xor(second, sign), sign));
}

/** First and second row of one pass where `outer` has the rows 0 and 2: their sums and differences. */
// @ts-ignore: decorator
@inline
function even(outer: v128): v128 {
  return butterfly(v128.shuffle<i64>(outer, outer, 0, 0), v128.shuffle<i64>(outer, outer, 1, 1));
}

/** What rows 1 and 3 add to the first and second row, and take from the last and third. */
// @ts-ignore: decorator
@inline
function odd(inner: v128): v128 {
  // Cosine and sine of an eighth of a turn, times the root of two: 85627 and 35468 of 65536.
  const cosines = i16x8.add(inner, upper(inner, 20091));
  const sines = i16x8.add(inner, upper(inner, <i16>(35468 - 65536)));
  return butterfly(v128.shuffle<i64>(cosines, sines, 0, 2), v128.shuffle<i64>(sines, cosines, 1, 3));
}

/**
 * Adds to the sixteen pixels of a block, row by row, what its coefficients stand for, and clears these.
 * @param block coefficients, 16 bits each, rows in the order 0, 2, 1, 3
 * @param quantisers of the first eight; the last of them is that of the others
 */
export function restored(block: usize, quantisers: usize, pixels: v128): v128 {
  const outer = i16x8.mul(v128.load(block), v128.load(quantisers));
  const inner = i16x8.mul(v128.load(block, 16), v128.load16_splat(quantisers, 14));
  v128.store(block, i64x2.splat(0));
  v128.store(block, i64x2.splat(0), 16);
  const sizes = v128.or(v128.xor(outer, i16x8.shr_s(outer, 15)), v128.xor(inner, i16x8.shr_s(inner, 15)));
  if (v128.any_true(v128.and(sizes, i16x8.splat(-1024)))) checkSizes(outer, inner);
  let base = even(outer);
  let more = odd(inner);
  let upperRows = i16x8.add(base, more);
  let lowerRows = i16x8.sub(base, more);
  // Columns become rows.
  const columns02 = v128.shuffle<i16>(upperRows, lowerRows, 0, 4, 12, 8, 2, 6, 14, 10);
  const columns13 = v128.shuffle<i16>(upperRows, lowerRows, 1, 5, 13, 9, 3, 7, 15, 11);
  base = even(i16x8.add(columns02, i16x8(4, 4, 4, 4, 0, 0, 0, 0)));
  more = odd(columns13);
  upperRows = i16x8.shr_s(i16x8.add(base, more), 3);
  lowerRows = i16x8.shr_s(i16x8.sub(base, more), 3);
  return i8x16.narrow_i16x8_u(
    i16x8.add(i16x8.extend_low_i8x16_u(pixels), v128.shuffle<i16>(upperRows, lowerRows, 0, 4, 12, 8, 1, 5, 13, 9)),
    i16x8.add(i16x8.extend_high_i8x16_u(pixels), v128.shuffle<i16>(upperRows, lowerRows, 2, 6, 14, 10, 3, 7, 15, 11)),
  );
}

/** As {@link restored} where nothing but the first coefficient is there. */
// @ts-ignore: decorator
@inline
export function raised(block: usize, quantisers: usize, first: i32, pixels: v128): v128 {
  store<i16>(block, 0);
  const difference = i16x8.splat(<i16>((first * <i32>load<i16>(quantisers) + 4) >> 3));
  return i8x16.narrow_i16x8_u(
    i16x8.add_sat_s(i16x8.extend_low_i8x16_u(pixels), difference),
    i16x8.add_sat_s(i16x8.extend_high_i8x16_u(pixels), difference),
  );
}

/** Sums of up to 16,000 cannot overflow: no step makes more than 1.71 times the sum. No picture's come near. */
function checkSizes(outer: v128, inner: v128): void {
  const sizes = i16x8.add_sat_u(i16x8.abs(outer), i16x8.abs(inner));
  const pairs = i32x4.extadd_pairwise_i16x8_u(sizes);
  const halves = i32x4.add(pairs, v128.shuffle<i32>(pairs, pairs, 2, 3, 0, 1));
  if (i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1) > 16000) store<i32>(ODD, 1);
}

/** Spreads the block of luma's DC values over luma's sixteen blocks (section 14.3), and clears it. */
export function spreadDc(quantisers: usize): void {
  const others = i32x4.splat(load<u16>(quantisers, 2));
  const first = i32x4.replace_lane(others, 0, load<u16>(quantisers));
  const row0 = i32x4.mul(v128.load_ext<i16>(COEFFICIENTS), first);
  const row2 = i32x4.mul(v128.load_ext<i16>(COEFFICIENTS, 8), others);
  const row1 = i32x4.mul(v128.load_ext<i16>(COEFFICIENTS, 16), others);
  const row3 = i32x4.mul(v128.load_ext<i16>(COEFFICIENTS, 24), others);
  v128.store(COEFFICIENTS, i64x2.splat(0));
  v128.store(COEFFICIENTS, i64x2.splat(0), 16);
  const a = i32x4.add(row0, row3);
  const b = i32x4.add(row1, row2);
  const c = i32x4.sub(row1, row2);
  const d = i32x4.sub(row0, row3);
  const r0 = i32x4.add(a, b);
  const r1 = i32x4.add(c, d);
  const r2 = i32x4.sub(a, b);
  const r3 = i32x4.sub(d, c);
  const upper01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const lower01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const upper23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const lower23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  const c0 = i32x4.add(v128.shuffle<i64>(upper01, upper23, 0, 2), i32x4.splat(3));
  const c1 = v128.shuffle<i64>(upper01, upper23, 1, 3);
  const c2 = v128.shuffle<i64>(lower01, lower23, 0, 2);
  const c3 = v128.shuffle<i64>(lower01, lower23, 1, 3);
  const e = i32x4.add(c0, c3);
  const f = i32x4.add(c1, c2);
  const g = i32x4.sub(c1, c2);
  const h = i32x4.sub(c0, c3);
  storeColumn(COEFFICIENTS + 32, i32x4.shr_s(i32x4.add(e, f), 3));
  storeColumn(COEFFICIENTS + 64, i32x4.shr_s(i32x4.add(g, h), 3));
  storeColumn(COEFFICIENTS + 96, i32x4.shr_s(i32x4.sub(e, f), 3));
  storeColumn(COEFFICIENTS + 128, i32x4.shr_s(i32x4.sub(h, g), 3));
}

/** DC values of the blocks of a column: every fourth block. */
function storeColumn(to: usize, values: v128): void {
  const fits = i32x4.eq(values, i32x4.extend_low_i16x8_s(i16x8.narrow_i32x4_s(values, values)));
  if (!i32x4.all_true(fits)) store<i32>(ODD, 1);
  v128.store16_lane(to, values, 0);
  v128.store16_lane(to, values, 2, 128);
  v128.store16_lane(to, values, 4, 256);
  v128.store16_lane(to, values, 6, 384);
}
