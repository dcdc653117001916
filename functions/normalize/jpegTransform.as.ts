// AssemblyScript (WASM SIMD): the inverse DCT of a block, to the bit as libjpeg's accurate one: two passes in integers,
// constants with 13 binary places, two of which are kept between the passes.

import { SCRATCH } from "./jpegState.as";

/**
 * Turns a block into 8 × 8 pixels.
 * @param block coefficients, 16 bits each, in natural order
 * @param quantiser as many quantisers
 */
export function inverse(block: usize, quantiser: usize, to: usize, stride: usize): void {
  const b0 = v128.load(block);
  const b1 = v128.load(block, 16);
  const b2 = v128.load(block, 32);
  const b3 = v128.load(block, 48);
  const b4 = v128.load(block, 64);
  const b5 = v128.load(block, 80);
  const b6 = v128.load(block, 96);
  const b7 = v128.load(block, 112);
  const r0 = i16x8.mul(b0, v128.load(quantiser));
  const r1 = i16x8.mul(b1, v128.load(quantiser, 16));
  const r2 = i16x8.mul(b2, v128.load(quantiser, 32));
  const r3 = i16x8.mul(b3, v128.load(quantiser, 48));
  const middle = v128.or(v128.or(b1, b2), b3);
  const lower = v128.or(v128.or(b4, b5), v128.or(b6, b7));
  const outer = v128.and(v128.or(b0, middle), i64x2(0, -1));
  if (v128.any_true(v128.or(lower, outer))) {
    full(
      r0, r1, r2, r3,
      i16x8.mul(b4, v128.load(quantiser, 64)),
      i16x8.mul(b5, v128.load(quantiser, 80)),
      i16x8.mul(b6, v128.load(quantiser, 96)),
      i16x8.mul(b7, v128.load(quantiser, 112)),
      11, false, 0, 0,
    );
    full(
      v128.load(SCRATCH), v128.load(SCRATCH + 16), v128.load(SCRATCH + 32), v128.load(SCRATCH + 48),
      v128.load(SCRATCH + 64), v128.load(SCRATCH + 80), v128.load(SCRATCH + 96), v128.load(SCRATCH + 112),
      18, true, to, stride,
    );
    return;
  }
  if (!v128.any_true(v128.or(middle, v128.and(b0, i32x4(-65536, -1, 0, 0))))) {
    const value = i16x8.splat(<i16>(((<i32>i16x8.extract_lane_s(r0, 0) + 4) >> 3) + 128));
    const pixels = i8x16.narrow_i16x8_u(value, value);
    for (let row: i32 = 0; row < 8; row++, to += stride) v128.store64_lane(to, pixels, 0);
    return;
  }
  lowOnly(r0, r1, r2, r3, to, stride);
}

/** One pass over eight columns: transposed into SCRATCH or, when it is the last, to pixels. */
// @ts-ignore: decorator
@inline
function full(
  r0: v128, r1: v128, r2: v128, r3: v128, r4: v128, r5: v128, r6: v128, r7: v128,
  shift: i32, isLast: bool, to: usize, stride: usize,
): void {
  const round = i32x4.splat(1 << (shift - 1));
  // Even part.
  const low26 = low(r2, r6);
  const high26 = high(r2, r6);
  const by2 = pair(4433, -10704);
  const by3 = pair(10703, 4433);
  const sum04 = i16x8.add(r0, r4);
  const difference04 = i16x8.sub(r0, r4);
  const e0l = i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_s(sum04), 13), round);
  const e0h = i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_s(sum04), 13), round);
  const e1l = i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_s(difference04), 13), round);
  const e1h = i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_s(difference04), 13), round);
  const e2l = i32x4.dot_i16x8_s(low26, by2);
  const e2h = i32x4.dot_i16x8_s(high26, by2);
  const e3l = i32x4.dot_i16x8_s(low26, by3);
  const e3h = i32x4.dot_i16x8_s(high26, by3);
  // Odd part.
  const z3 = i16x8.add(r7, r3);
  const z4 = i16x8.add(r5, r1);
  const zl = low(z3, z4);
  const zh = high(z3, z4);
  const byZ3 = pair(-6436, 9633);
  const byZ4 = pair(9633, 6437);
  const z3l = i32x4.dot_i16x8_s(zl, byZ3);
  const z3h = i32x4.dot_i16x8_s(zh, byZ3);
  const z4l = i32x4.dot_i16x8_s(zl, byZ4);
  const z4h = i32x4.dot_i16x8_s(zh, byZ4);
  const low71 = low(r7, r1);
  const high71 = high(r7, r1);
  const low53 = low(r5, r3);
  const high53 = high(r5, r3);
  const by71 = pair(-4927, -7373);
  const by53 = pair(-4176, -20995);
  const by53b = pair(-20995, 4177);
  const by71b = pair(-7373, 4926);
  finish(
    i32x4.add(e0l, e3l), i32x4.add(e0h, e3h), i32x4.add(e1l, e2l), i32x4.add(e1h, e2h),
    i32x4.sub(e1l, e2l), i32x4.sub(e1h, e2h), i32x4.sub(e0l, e3l), i32x4.sub(e0h, e3h),
    i32x4.add(i32x4.dot_i16x8_s(low71, by71), z3l), i32x4.add(i32x4.dot_i16x8_s(high71, by71), z3h),
    i32x4.add(i32x4.dot_i16x8_s(low53, by53), z4l), i32x4.add(i32x4.dot_i16x8_s(high53, by53), z4h),
    i32x4.add(i32x4.dot_i16x8_s(low53, by53b), z3l), i32x4.add(i32x4.dot_i16x8_s(high53, by53b), z3h),
    i32x4.add(i32x4.dot_i16x8_s(low71, by71b), z4l), i32x4.add(i32x4.dot_i16x8_s(high71, by71b), z4h),
    shift, isLast, to, stride,
  );
}

/**
 * Both passes where only the four lowest frequencies each way are there: the same sums without the terms that are zero,
 * their constants added up.
 */
// @ts-ignore: decorator
@inline
function lowOnly(r0: v128, r1: v128, r2: v128, r3: v128, to: usize, stride: usize): void {
  const even = low(r0, r2);
  const odd = low(r1, r3);
  const round = i32x4.splat(1 << 10);
  const t0 = i32x4.add(i32x4.dot_i16x8_s(even, pair(8192, 10703)), round);
  const t1 = i32x4.add(i32x4.dot_i16x8_s(even, pair(8192, 4433)), round);
  const t2 = i32x4.add(i32x4.dot_i16x8_s(even, pair(8192, -4433)), round);
  const t3 = i32x4.add(i32x4.dot_i16x8_s(even, pair(8192, -10703)), round);
  const o0 = i32x4.dot_i16x8_s(odd, pair(2260, -6436));
  const o1 = i32x4.dot_i16x8_s(odd, pair(6437, -11362));
  const o2 = i32x4.dot_i16x8_s(odd, pair(9633, -2259));
  const o3 = i32x4.dot_i16x8_s(odd, pair(11363, 9633));
  // Four columns of eight rows each; pairs of rows together, then transposed.
  const p0 = pairs(narrow(i32x4.add(t0, o3), i32x4.add(t1, o2), 11));
  const p1 = pairs(narrow(i32x4.add(t2, o1), i32x4.add(t3, o0), 11));
  const p2 = pairs(narrow(i32x4.sub(t3, o0), i32x4.sub(t2, o1), 11));
  const p3 = pairs(narrow(i32x4.sub(t1, o2), i32x4.sub(t0, o3), 11));
  const q0 = v128.shuffle<i32>(p0, p1, 0, 4, 1, 5);
  const q1 = v128.shuffle<i32>(p0, p1, 2, 6, 3, 7);
  const q2 = v128.shuffle<i32>(p2, p3, 0, 4, 1, 5);
  const q3 = v128.shuffle<i32>(p2, p3, 2, 6, 3, 7);
  const c0 = v128.shuffle<i64>(q0, q2, 0, 2);
  const c1 = v128.shuffle<i64>(q0, q2, 1, 3);
  const c2 = v128.shuffle<i64>(q1, q3, 0, 2);
  const c3 = v128.shuffle<i64>(q1, q3, 1, 3);
  const evenLow = low(c0, c2);
  const evenHigh = high(c0, c2);
  const oddLow = low(c1, c3);
  const oddHigh = high(c1, c3);
  const last = i32x4.splat(1 << 17);
  finish(
    i32x4.add(i32x4.dot_i16x8_s(evenLow, pair(8192, 10703)), last),
    i32x4.add(i32x4.dot_i16x8_s(evenHigh, pair(8192, 10703)), last),
    i32x4.add(i32x4.dot_i16x8_s(evenLow, pair(8192, 4433)), last),
    i32x4.add(i32x4.dot_i16x8_s(evenHigh, pair(8192, 4433)), last),
    i32x4.add(i32x4.dot_i16x8_s(evenLow, pair(8192, -4433)), last),
    i32x4.add(i32x4.dot_i16x8_s(evenHigh, pair(8192, -4433)), last),
    i32x4.add(i32x4.dot_i16x8_s(evenLow, pair(8192, -10703)), last),
    i32x4.add(i32x4.dot_i16x8_s(evenHigh, pair(8192, -10703)), last),
    i32x4.dot_i16x8_s(oddLow, pair(2260, -6436)), i32x4.dot_i16x8_s(oddHigh, pair(2260, -6436)),
    i32x4.dot_i16x8_s(oddLow, pair(6437, -11362)), i32x4.dot_i16x8_s(oddHigh, pair(6437, -11362)),
    i32x4.dot_i16x8_s(oddLow, pair(9633, -2259)), i32x4.dot_i16x8_s(oddHigh, pair(9633, -2259)),
    i32x4.dot_i16x8_s(oddLow, pair(11363, 9633)), i32x4.dot_i16x8_s(oddHigh, pair(11363, 9633)),
    18, true, to, stride,
  );
}

/** Sums and differences of the even and the odd part, four numbers each in a low and a high half. */
// @ts-ignore: decorator
@inline
function finish(
  t0l: v128, t0h: v128, t1l: v128, t1h: v128, t2l: v128, t2h: v128, t3l: v128, t3h: v128,
  o0l: v128, o0h: v128, o1l: v128, o1h: v128, o2l: v128, o2h: v128, o3l: v128, o3h: v128,
  shift: i32, isLast: bool, to: usize, stride: usize,
): void {
  const c0 = narrow(i32x4.add(t0l, o3l), i32x4.add(t0h, o3h), shift);
  const c7 = narrow(i32x4.sub(t0l, o3l), i32x4.sub(t0h, o3h), shift);
  const c1 = narrow(i32x4.add(t1l, o2l), i32x4.add(t1h, o2h), shift);
  const c6 = narrow(i32x4.sub(t1l, o2l), i32x4.sub(t1h, o2h), shift);
  const c2 = narrow(i32x4.add(t2l, o1l), i32x4.add(t2h, o1h), shift);
  const c5 = narrow(i32x4.sub(t2l, o1l), i32x4.sub(t2h, o1h), shift);
  const c3 = narrow(i32x4.add(t3l, o0l), i32x4.add(t3h, o0h), shift);
  const c4 = narrow(i32x4.sub(t3l, o0l), i32x4.sub(t3h, o0h), shift);
  if (isLast) storePixels(c0, c1, c2, c3, c4, c5, c6, c7, to, stride);
  else storeTransposed(c0, c1, c2, c3, c4, c5, c6, c7);
}

// @ts-ignore: decorator
@inline
function storeTransposed(c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128, c6: v128, c7: v128): void {
  const a0 = low(c0, c1);
  const a1 = high(c0, c1);
  const a2 = low(c2, c3);
  const a3 = high(c2, c3);
  const a4 = low(c4, c5);
  const a5 = high(c4, c5);
  const a6 = low(c6, c7);
  const a7 = high(c6, c7);
  const b0 = v128.shuffle<i32>(a0, a2, 0, 4, 1, 5);
  const b1 = v128.shuffle<i32>(a0, a2, 2, 6, 3, 7);
  const b2 = v128.shuffle<i32>(a1, a3, 0, 4, 1, 5);
  const b3 = v128.shuffle<i32>(a1, a3, 2, 6, 3, 7);
  const b4 = v128.shuffle<i32>(a4, a6, 0, 4, 1, 5);
  const b5 = v128.shuffle<i32>(a4, a6, 2, 6, 3, 7);
  const b6 = v128.shuffle<i32>(a5, a7, 0, 4, 1, 5);
  const b7 = v128.shuffle<i32>(a5, a7, 2, 6, 3, 7);
  v128.store(SCRATCH, v128.shuffle<i64>(b0, b4, 0, 2));
  v128.store(SCRATCH + 16, v128.shuffle<i64>(b0, b4, 1, 3));
  v128.store(SCRATCH + 32, v128.shuffle<i64>(b1, b5, 0, 2));
  v128.store(SCRATCH + 48, v128.shuffle<i64>(b1, b5, 1, 3));
  v128.store(SCRATCH + 64, v128.shuffle<i64>(b2, b6, 0, 2));
  v128.store(SCRATCH + 80, v128.shuffle<i64>(b2, b6, 1, 3));
  v128.store(SCRATCH + 96, v128.shuffle<i64>(b3, b7, 0, 2));
  v128.store(SCRATCH + 112, v128.shuffle<i64>(b3, b7, 1, 3));
}

/** Eight columns of samples around zero, as rows of pixels around 128. */
// @ts-ignore: decorator
@inline
function storePixels(
  c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128, c6: v128, c7: v128, to: usize, stride: usize,
): void {
  const a0 = i8x16.narrow_i16x8_s(c0, c2);
  const a1 = i8x16.narrow_i16x8_s(c1, c3);
  const a2 = i8x16.narrow_i16x8_s(c4, c6);
  const a3 = i8x16.narrow_i16x8_s(c5, c7);
  const b0 = v128.shuffle<u8>(a0, a1, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const b1 = v128.shuffle<u8>(a0, a1, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const b2 = v128.shuffle<u8>(a2, a3, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const b3 = v128.shuffle<u8>(a2, a3, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const d0 = low(b0, b1);
  const d1 = high(b0, b1);
  const d2 = low(b2, b3);
  const d3 = high(b2, b3);
  to = storeRows(v128.shuffle<i32>(d0, d2, 0, 4, 1, 5), to, stride);
  to = storeRows(v128.shuffle<i32>(d0, d2, 2, 6, 3, 7), to, stride);
  to = storeRows(v128.shuffle<i32>(d1, d3, 0, 4, 1, 5), to, stride);
  storeRows(v128.shuffle<i32>(d1, d3, 2, 6, 3, 7), to, stride);
}

// @ts-ignore: decorator
@inline
function storeRows(samples: v128, to: usize, stride: usize): usize {
  const pixels = v128.xor(samples, i8x16.splat(-128));
  v128.store64_lane(to, pixels, 0);
  v128.store64_lane(to + stride, pixels, 1);
  return to + (stride << 1);
}

// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

// @ts-ignore: decorator
@inline
function pairs(a: v128): v128 {
  return v128.shuffle<i16>(a, a, 0, 4, 1, 5, 2, 6, 3, 7);
}

// @ts-ignore: decorator
@inline
function narrow(a: v128, b: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift));
}

// @ts-ignore: decorator
@inline
function pair(even: i32, odd: i32): v128 {
  return i32x4.splat((odd << 16) | (even & 0xffff));
}
