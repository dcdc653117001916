// AssemblyScript (WASM SIMD): the loop filter of VP8 for luma (RFC 6386, section 15), sixteen pixels of an edge at a time.

import { COLUMNS } from "./vp8State.as";

/** What is between two steps: sixteen rows of four pixels, and of sixteen. */
const OTHER: usize = COLUMNS + 320;

/**
 * Filters the edges of a macroblock.
 * @param at address of its first pixel, among others of its row and above
 * @param strengths limits at its edge, at a block's and inside, threshold of high variance
 * @param isSimple by the simple filter
 * @param hasInner whether blocks' edges are filtered too
 */
export function filterMacroblock(
  at: usize, stride: usize, strengths: usize, isSimple: bool, hasLeft: bool, hasAbove: bool, hasInner: bool,
): void {
  const outer = v128.load8_splat(strengths);
  const inner = v128.load8_splat(strengths, 1);
  const interior = v128.load8_splat(strengths, 2);
  const variance = v128.load8_splat(strengths, 3);
  if (hasLeft || hasInner) {
    toColumns(at, stride);
    const first = COLUMNS + 64;
    if (isSimple) {
      if (hasLeft) simple(first, 16, outer);
      if (hasInner) for (let edge: usize = 64; edge < 256; edge += 64) simple(first + edge, 16, inner);
    } else {
      if (hasLeft) macroblockEdge(first, 16, outer, interior, variance);
      if (hasInner) for (let edge: usize = 64; edge < 256; edge += 64) blockEdge(first + edge, 16, inner, interior, variance);
    }
    fromColumns(at, stride);
  }
  const block = stride << 2;
  const end = at + (block << 2);
  if (isSimple) {
    if (hasAbove) simple(at, stride, outer);
    if (hasInner) for (let edge = at + block; edge < end; edge += block) simple(edge, stride, inner);
  } else {
    if (hasAbove) macroblockEdge(at, stride, outer, interior, variance);
    if (hasInner) for (let edge = at + block; edge < end; edge += block) blockEdge(edge, stride, inner, interior, variance);
  }
}

// @ts-ignore: decorator
@inline
function distance(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}

/** By how much twice the step over an edge, and half of that around it, exceed a limit. */
// @ts-ignore: decorator
@inline
function beyond(p1: v128, p0: v128, q0: v128, q1: v128, limit: v128): v128 {
  const step = distance(p0, q0);
  return i8x16.sub_sat_u(i8x16.add_sat_u(i8x16.add_sat_u(step, step), i8x16.shr_u(distance(p1, q1), 1)), limit);
}

/** How far three pixels in a row are from one to the next. */
// @ts-ignore: decorator
@inline
function farApart(a: v128, b: v128, c: v128): v128 {
  return i8x16.max_u(distance(a, b), distance(b, c));
}

/** Where nothing exceeds its limit. */
// @ts-ignore: decorator
@inline
function isWithin(excess: v128, steps: v128, interior: v128): v128 {
  return i8x16.eq(v128.or(excess, i8x16.sub_sat_u(steps, interior)), i8x16.splat(0));
}

/** 128 less or more: from unsigned to signed and back. */
// @ts-ignore: decorator
@inline
function signed(pixels: v128): v128 {
  return v128.xor(pixels, i8x16.splat(-128));
}

/** Three times the step, and what is given; with signed pixels. */
// @ts-ignore: decorator
@inline
function slope(p0: v128, q0: v128, more: v128): v128 {
  const step = i8x16.sub_sat_s(q0, p0);
  return i8x16.add_sat_s(i8x16.add_sat_s(i8x16.add_sat_s(more, step), step), step);
}

function simple(at: usize, stride: usize, limit: v128): void {
  let p1 = v128.load(at - 2 * stride);
  let p0 = v128.load(at - stride);
  let q0 = v128.load(at);
  let q1 = v128.load(at + stride);
  const applies = i8x16.eq(beyond(p1, p0, q0, q1, limit), i8x16.splat(0));
  if (!v128.any_true(applies)) return;
  p1 = signed(p1);
  p0 = signed(p0);
  q0 = signed(q0);
  q1 = signed(q1);
  const a = v128.and(slope(p0, q0, i8x16.sub_sat_s(p1, q1)), applies);
  v128.store(at, signed(i8x16.sub_sat_s(q0, i8x16.shr_s(i8x16.add_sat_s(a, i8x16.splat(4)), 3))));
  v128.store(at - stride, signed(i8x16.add_sat_s(p0, i8x16.shr_s(i8x16.add_sat_s(a, i8x16.splat(3)), 3))));
}

/** Between two blocks of a macroblock. */
function blockEdge(at: usize, stride: usize, limit: v128, interior: v128, variance: v128): void {
  const p3 = v128.load(at - 4 * stride);
  const p2 = v128.load(at - 3 * stride);
  let p1 = v128.load(at - 2 * stride);
  let p0 = v128.load(at - stride);
  let q0 = v128.load(at);
  let q1 = v128.load(at + stride);
  const q2 = v128.load(at + 2 * stride);
  const q3 = v128.load(at + 3 * stride);
  const near = i8x16.max_u(distance(p1, p0), distance(q1, q0));
  const far = i8x16.max_u(farApart(p3, p2, p1), farApart(q3, q2, q1));
  const applies = isWithin(beyond(p1, p0, q0, q1, limit), i8x16.max_u(near, far), interior);
  if (!v128.any_true(applies)) return;
  const isFlat = i8x16.eq(i8x16.sub_sat_u(near, variance), i8x16.splat(0));
  p1 = signed(p1);
  p0 = signed(p0);
  q0 = signed(q0);
  q1 = signed(q1);
  const a = v128.and(slope(p0, q0, v128.andnot(i8x16.sub_sat_s(p1, q1), isFlat)), applies);
  const down = i8x16.shr_s(i8x16.add_sat_s(a, i8x16.splat(4)), 3);
  v128.store(at, signed(i8x16.sub_sat_s(q0, down)));
  v128.store(at - stride, signed(i8x16.add_sat_s(p0, i8x16.shr_s(i8x16.add_sat_s(a, i8x16.splat(3)), 3))));
  const half = v128.and(i8x16.shr_s(i8x16.add(down, i8x16.splat(1)), 1), isFlat);
  v128.store(at + stride, signed(i8x16.sub_sat_s(q1, half)));
  v128.store(at - 2 * stride, signed(i8x16.add_sat_s(p1, half)));
}

/** Between two macroblocks. */
function macroblockEdge(at: usize, stride: usize, limit: v128, interior: v128, variance: v128): void {
  const p3 = v128.load(at - 4 * stride);
  let p2 = v128.load(at - 3 * stride);
  let p1 = v128.load(at - 2 * stride);
  let p0 = v128.load(at - stride);
  let q0 = v128.load(at);
  let q1 = v128.load(at + stride);
  let q2 = v128.load(at + 2 * stride);
  const q3 = v128.load(at + 3 * stride);
  const near = i8x16.max_u(distance(p1, p0), distance(q1, q0));
  const far = i8x16.max_u(farApart(p3, p2, p1), farApart(q3, q2, q1));
  const applies = isWithin(beyond(p1, p0, q0, q1, limit), i8x16.max_u(near, far), interior);
  if (!v128.any_true(applies)) return;
  const isFlat = i8x16.eq(i8x16.sub_sat_u(near, variance), i8x16.splat(0));
  p2 = signed(p2);
  p1 = signed(p1);
  p0 = signed(p0);
  q0 = signed(q0);
  q1 = signed(q1);
  q2 = signed(q2);
  const a = v128.and(slope(p0, q0, i8x16.sub_sat_s(p1, q1)), applies);
  // Where variance is high, two pixels as by the simple filter; elsewhere, six.
  const steep = v128.andnot(a, isFlat);
  p0 = i8x16.add_sat_s(p0, i8x16.shr_s(i8x16.add_sat_s(steep, i8x16.splat(3)), 3));
  q0 = i8x16.sub_sat_s(q0, i8x16.shr_s(i8x16.add_sat_s(steep, i8x16.splat(4)), 3));
  const flat = v128.and(a, isFlat);
  const nine = i16x8.splat(9);
  const low = i16x8.mul(i16x8.extend_low_i8x16_s(flat), nine);
  const high = i16x8.mul(i16x8.extend_high_i8x16_s(flat), nine);
  const round = i16x8.splat(63);
  const low1 = i16x8.add(low, round);
  const high1 = i16x8.add(high, round);
  const low2 = i16x8.add(low1, low);
  const high2 = i16x8.add(high1, high);
  const by1 = i8x16.narrow_i16x8_s(i16x8.shr_s(low1, 7), i16x8.shr_s(high1, 7));
  const by2 = i8x16.narrow_i16x8_s(i16x8.shr_s(low2, 7), i16x8.shr_s(high2, 7));
  const by3 = i8x16.narrow_i16x8_s(i16x8.shr_s(i16x8.add(low2, low), 7), i16x8.shr_s(i16x8.add(high2, high), 7));
  v128.store(at - 3 * stride, signed(i8x16.add_sat_s(p2, by1)));
  v128.store(at - 2 * stride, signed(i8x16.add_sat_s(p1, by2)));
  v128.store(at - stride, signed(i8x16.add_sat_s(p0, by3)));
  v128.store(at, signed(i8x16.sub_sat_s(q0, by3)));
  v128.store(at + stride, signed(i8x16.sub_sat_s(q1, by2)));
  v128.store(at + 2 * stride, signed(i8x16.sub_sat_s(q2, by1)));
}

/** Pixels of sixteen rows and of twenty columns, the first four of them before the macroblock, column by column. */
function toColumns(at: usize, stride: usize): void {
  let from = at - 4;
  for (let row: usize = 0; row < 256; row += 16, from += stride) {
    v128.store(COLUMNS + row, v128.load(from));
    store<u32>(OTHER + (row >> 2), load<u32>(from, 16));
  }
  transpose(COLUMNS, OTHER + 64);
  columnsOfFour(OTHER, COLUMNS + 256);
}

function fromColumns(at: usize, stride: usize): void {
  transpose(COLUMNS, OTHER + 64);
  rowsOfFour(COLUMNS + 256, OTHER);
  let to = at - 4;
  for (let row: usize = 0; row < 256; row += 16, to += stride) {
    v128.store(to, v128.load(COLUMNS + row));
    store<u32>(to, load<u32>(OTHER + (row >> 2)), 16);
  }
}

/** Exchanges rows and columns of 16 by 16 bytes: a row is interleaved with the one eight below it, four times. */
function transpose(matrix: usize, other: usize): void {
  interleave(matrix, other);
  interleave(other, matrix);
  interleave(matrix, other);
  interleave(other, matrix);
}

function interleave(from: usize, to: usize): void {
  for (let row: usize = 0; row < 8; row++, from += 16, to += 32) {
    const upper = v128.load(from);
    const lower = v128.load(from, 128);
    v128.store(to, v128.shuffle<u8>(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    v128.store(to, v128.shuffle<u8>(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
  }
}

/** Exchanges rows and columns within 4 by 4 bytes. */
// @ts-ignore: decorator
@inline
function turned(bytes: v128): v128 {
  return v128.shuffle<u8>(bytes, bytes, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
}

/** Sixteen rows of four columns to four columns. */
function columnsOfFour(rows: usize, to: usize): void {
  const a = turned(v128.load(rows));
  const b = turned(v128.load(rows, 16));
  const c = turned(v128.load(rows, 32));
  const d = turned(v128.load(rows, 48));
  const ab01 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab01, cd01, 0, 2));
  v128.store(to, v128.shuffle<i64>(ab01, cd01, 1, 3), 16);
  v128.store(to, v128.shuffle<i64>(ab23, cd23, 0, 2), 32);
  v128.store(to, v128.shuffle<i64>(ab23, cd23, 1, 3), 48);
}

/** And back. */
function rowsOfFour(columns: usize, to: usize): void {
  const a = v128.load(columns);
  const b = v128.load(columns, 16);
  const c = v128.load(columns, 32);
  const d = v128.load(columns, 48);
  const ab01 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, turned(v128.shuffle<i64>(ab01, cd01, 0, 2)));
  v128.store(to, turned(v128.shuffle<i64>(ab01, cd01, 1, 3)), 16);
  v128.store(to, turned(v128.shuffle<i64>(ab23, cd23, 0, 2)), 32);
  v128.store(to, turned(v128.shuffle<i64>(ab23, cd23, 1, 3)), 48);
}
