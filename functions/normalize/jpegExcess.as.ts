// AssemblyScript (WASM SIMD): what clipping to RGB changes of a JPEG's luma. Chroma is kept of the last rows of MCUs, since
// libjpeg smooths it where it is coarser than luma: a pixel has a part of its neighbours' colour, of the next MCU's too.

import {
  ACROSS, CELL_ACROSS, CELL_DOWN, CHROMA_HEIGHT, CHROMA_WIDTH, EXCESS, PLANE, ROW_STRIDE, ROWS, SCRATCH, SQUARES, STRIDE,
} from "./jpegState.as";

/** Rows that are kept of each chroma, and of MCUs: at least three of the latter, and powers of two. */
const CHROMA_ROWS: i32 = 32;
const MCU_ROWS: i32 = 4;
/*
 * What is known of an MCU, a byte each, behind both chromas; the first of all MCUs in a row, then the second: how far luma
 * keeps from 0 and from 255; how much chroma takes from luma or adds to it in RGB at most; and both chromas on average, or 0
 * where their pixels are kept.
 */
const LEAST: i32 = 2 * CHROMA_ROWS;
const LACKING: i32 = LEAST + 1;
const TAKEN: i32 = LEAST + 2;
const ADDED: i32 = LEAST + 3;
const BLUE: i32 = LEAST + 4;
const RED: i32 = LEAST + 5;

/** Address of a sample of blue. */
// @ts-ignore: decorator
@inline
export function blueAt(column: i32, row: i32): usize {
  return load<usize>(ROWS) + <usize>(row & (CHROMA_ROWS - 1)) * load<usize>(ROW_STRIDE) + <usize>column;
}

/** How much further the sample of red is. */
// @ts-ignore: decorator
@inline
export function redFromBlue(): usize {
  return <usize>CHROMA_ROWS * load<usize>(ROW_STRIDE);
}

// @ts-ignore: decorator
@inline
function knownAt(x: i32, y: i32, which: i32): usize {
  const row = <usize>(((y & (MCU_ROWS - 1)) << 3) + which);
  return load<usize>(ROWS) + row * load<usize>(ROW_STRIDE) + <usize>x;
}

/**
 * Notes an MCU: its luma, and between what its chroma is, 0 being the middle.
 * @param blue its chroma on average, 128 being the middle; 0 when its pixels are kept
 */
// @ts-ignore: decorator
@inline
export function know(
  x: i32, y: i32, least: u8, lacking: u8, leastBlue: i32, mostBlue: i32, leastRed: i32, mostRed: i32, blue: i32, red: i32,
): void {
  // 1.772 of blue, 1.402 of red, 0.345 and 0.715 of both are what RGB has of them; rounded as RGB is.
  const taken = max(max(-1815 * leastBlue, -1436 * leastRed), 353 * mostBlue + 732 * mostRed);
  const added = max(max(1815 * mostBlue, 1436 * mostRed), -353 * leastBlue - 732 * leastRed);
  const stride = load<usize>(ROW_STRIDE);
  let at = knownAt(x, y, LEAST);
  store<u8>(at, least);
  store<u8>((at += stride), lacking);
  store<u8>((at += stride), <u8>((max(taken, 0) + 512) >> 10));
  store<u8>((at += stride), <u8>((max(added, 0) + 512) >> 10));
  store<u8>((at += stride), <u8>blue);
  store<u8>(at + stride, <u8>red);
}

/** Chroma coarser than luma, which is smoothed that way, as libjpeg does it. */
// @ts-ignore: decorator
@inline
function isSmoothAcross(): bool {
  return load<i32>(CELL_ACROSS) == 2 && load<i32>(CHROMA_WIDTH) > 2;
}

// @ts-ignore: decorator
@inline
function isSmoothDown(): bool {
  return load<i32>(CELL_DOWN) == 2 && (load<i32>(CELL_ACROSS) == 1 || load<i32>(CHROMA_WIDTH) > 2);
}

/** Takes a row of MCUs that is known; the row above it, whose neighbours are all known now, is added up. */
export function endRow(y: i32): void {
  const last = (load<i32>(CHROMA_HEIGHT) - 1) >> 3;
  if (y > 0) addRow(y - 1, last);
  if (y == last) addRow(y, last);
}

/** Adds up a row of MCUs: those that their own chroma or, smoothed, a neighbour's can take out of the gamut. */
function addRow(y: i32, last: i32): void {
  const across = load<i32>(ACROSS);
  const above = max(y - 1, 0);
  const below = min(y + 1, last);
  const isSmooth = isSmoothAcross() || isSmoothDown();
  for (let first: i32 = 0; first < across; first += 16) {
    const taken = mostOf(TAKEN, first, above, y, below, isSmooth);
    const added = mostOf(ADDED, first, above, y, below, isSmooth);
    const isDark = i8x16.gt_u(taken, v128.load(knownAt(first, y, LEAST)));
    const isLight = i8x16.gt_u(added, v128.load(knownAt(first, y, LACKING)));
    let leaving = i8x16.bitmask(v128.or(isDark, isLight));
    if (across - first < 16) leaving &= (1 << (across - first)) - 1;
    if (leaving == 0) continue;
    v128.store(SCRATCH, taken);
    v128.store(SCRATCH, added, 16);
    for (; leaving != 0; leaving &= leaving - 1) {
      const which = <usize>ctz(leaving);
      if (isSmooth) keepAround(first + <i32>which, y, last);
      addMcu(first + <i32>which, y, load<u8>(SCRATCH + which), load<u8>(SCRATCH + which, 16));
    }
  }
}

/** Of sixteen MCUs, what chroma takes or adds at most; more than half of a pixel's is its own. */
// @ts-ignore: decorator
@inline
function mostOf(which: i32, first: i32, above: i32, y: i32, below: i32, isSmooth: bool): v128 {
  const own = v128.load(knownAt(first, y, which));
  if (!isSmooth) return own;
  const around = i8x16.max_u(mostAt(knownAt(first, above, which)), mostAt(knownAt(first, below, which)));
  return i8x16.max_u(own, i8x16.avgr_u(own, i8x16.max_u(around, mostAt(knownAt(first, y, which)))));
}

/** The most of sixteen MCUs and of those beside them. */
// @ts-ignore: decorator
@inline
function mostAt(at: usize): v128 {
  return i8x16.max_u(i8x16.max_u(v128.load(at - 1), v128.load(at)), v128.load(at, 1));
}

/** Makes pixels of an MCU's chroma and of its neighbours' where they are not kept: what they are on average. */
function keepAround(x: i32, y: i32, last: i32): void {
  const end = load<i32>(CHROMA_WIDTH);
  const across = load<i32>(ACROSS);
  const red = redFromBlue();
  for (let row = max(y - 1, 0); row <= min(y + 1, last); row++) {
    for (let column = max(x - 1, 0); column < min(x + 2, across); column++) {
      const blue = load<u8>(knownAt(column, row, BLUE));
      if (blue == 0) continue;
      keepMean(blueAt(column << 3, row << 3), blue);
      keepMean(blueAt(column << 3, row << 3) + red, load<u8>(knownAt(column, row, RED)));
      store<u8>(knownAt(column, row, BLUE), 0);
    }
  }
  if (x > 0 && x + 1 < across) return;
  // Beyond a row's ends its samples go on as they are there.
  for (let row = (y << 3) - 1; row < (y << 3) + 9; row++) {
    for (let at = blueAt(0, row), turn = 0; turn < 2; turn++, at += red) {
      store<u8>(at - 1, load<u8>(at));
      store<u8>(at + <usize>end, load<u8>(at + <usize>end - 1));
    }
  }
}

function keepMean(to: usize, value: u8): void {
  const stride = load<usize>(ROW_STRIDE);
  for (let row: i32 = 0; row < 8; row++, to += stride) v128.store64_lane(to, i8x16.splat(value), 0);
}

/** 255 with six binary places and all of them set. */
const MAX_SAMPLE: i16 = 255 * 64 + 63;

/**
 * Adds up what clipping changes of an MCU's pixels: of each other one where cells are wide, by turns, so that both sides of
 * an edge count.
 * @param taken what chroma takes from them at most
 * @param added what it adds
 */
function addMcu(x: i32, y: i32, taken: u8, added: u8): void {
  const across = load<i32>(CELL_ACROSS);
  const down = load<i32>(CELL_DOWN);
  const stride = load<usize>(STRIDE);
  const height = load<i32>(CHROMA_HEIGHT);
  const red = redFromBlue();
  const acrossStep: usize = isSmoothAcross() ? 1 : 0;
  const downStep = <i32>isSmoothDown();
  const lanes = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  const inside = i16x8.lt_s(lanes, i16x8.splat(<i16>min(load<i32>(CHROMA_WIDTH) - (x << 3), 8)));
  // Bytes of a vector that are the cells' first pixels; what lies beyond it is taken as 0.
  const firsts = v128.or(i16x8.mul(lanes, i16x8.splat(<i16>across)), i16x8.splat(<i16>0xff00));
  let sums = i32x4.splat(0);
  let squares = i32x4.splat(0);
  let luma = load<usize>(PLANE) + <usize>(y * down * 8) * stride + <usize>(x * across * 8);
  const end = min((y + 1) << 3, height);
  for (let row = y << 3; row < end; row++) {
    const near = blueAt(x << 3, row);
    for (let line: i32 = 0; line < down; line++, luma += stride) {
      const left = across == 1 ? v128.load64_splat(luma) : v128.load(luma);
      const right = across == 4 ? v128.load(luma, 16) : left;
      const isDark = i8x16.lt_u(i8x16.min_u(left, right), i8x16.splat(<i8>taken));
      const isLight = i8x16.gt_u(i8x16.max_u(left, right), i8x16.splat(<i8>(255 - added)));
      if (!v128.any_true(v128.or(isDark, isLight))) continue;
      const far = blueAt(x << 3, min(max(row + (line == 0 ? -downStep : downStep), 0), height - 1));
      for (let column = across == 1 ? 0 : (row + line) & 1; column < across; column += 2) {
        const which = i16x8.add(firsts, i16x8.splat(<i16>column));
        let grey = i8x16.swizzle(left, which);
        if (across == 4) grey = v128.or(grey, i8x16.swizzle(right, i16x8.sub(which, i16x8.splat(16))));
        grey = v128.or(i16x8.shl(grey, 6), i16x8.splat(32));
        const beside = column == 0 ? -acrossStep : acrossStep;
        const u = smoothed(near, far, beside);
        const v = smoothed(near + red, far + red, beside);
        const r = i16x8.add(grey, i16x8.q15mulr_sat_s(v, i16x8.splat(11485)));
        const greenLess = i16x8.add(i16x8.q15mulr_sat_s(u, i16x8.splat(2819)), i16x8.q15mulr_sat_s(v, i16x8.splat(5850)));
        const g = i16x8.sub(grey, greenLess);
        const b = i16x8.add(grey, i16x8.q15mulr_sat_s(u, i16x8.splat(14516)));
        const any = v128.and(v128.or(v128.or(r, g), b), i16x8.splat(~MAX_SAMPLE));
        if (!v128.any_true(any)) continue;
        const changed = i16x8.add(
          i16x8.add(
            i16x8.q15mulr_sat_s(outside(r), i16x8.splat(9798)),
            i16x8.q15mulr_sat_s(outside(g), i16x8.splat(19235)),
          ),
          i16x8.q15mulr_sat_s(outside(b), i16x8.splat(3735)),
        );
        const excess = v128.and(changed, inside);
        sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_s(i16x8.abs(excess)));
        squares = i32x4.add(squares, i32x4.dot_i16x8_s(excess, excess));
      }
    }
  }
  if (!v128.any_true(sums)) return;
  const weight: f64 = across == 1 ? 1 : 2;
  store<f64>(EXCESS, load<f64>(EXCESS) + weight * total(sums) / 64);
  store<f64>(SQUARES, load<f64>(SQUARES) + weight * total(squares) / 4096);
}

/** Eight samples of chroma as their pixels have them, 0 in the middle, with eight binary places. */
// @ts-ignore: decorator
@inline
function smoothed(near: usize, far: usize, beside: usize): v128 {
  const own = threeToOne(v128.load_ext<u8>(near), v128.load_ext<u8>(far));
  const other = threeToOne(v128.load_ext<u8>(near + beside), v128.load_ext<u8>(far + beside));
  return i16x8.shl(i16x8.sub(threeToOne(own, other), i16x8.splat(128 * 16)), 4);
}

// @ts-ignore: decorator
@inline
function threeToOne(near: v128, far: v128): v128 {
  return i16x8.add(i16x8.add(near, i16x8.shl(near, 1)), far);
}

/** By how much values with six binary places lie outside 0 to 255, once rounded. */
// @ts-ignore: decorator
@inline
function outside(value: v128): v128 {
  const isOut = i16x8.ne(v128.and(value, i16x8.splat(~MAX_SAMPLE)), i16x8.splat(0));
  const exact = i16x8.sub(value, i16x8.splat(32));
  const clipped = i16x8.min_s(i16x8.max_s(exact, i16x8.splat(0)), i16x8.splat(255 * 64));
  return v128.and(i16x8.sub(exact, clipped), isOut);
}

function total(sums: v128): f64 {
  const upper = v128.shuffle<i32>(sums, sums, 2, 3, 0, 1);
  const halves = f64x2.add(f64x2.convert_low_i32x4_s(sums), f64x2.convert_low_i32x4_s(upper));
  return f64x2.extract_lane(halves, 0) + f64x2.extract_lane(halves, 1);
}
