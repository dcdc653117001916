// AssemblyScript (WASM SIMD): luma of a macroblock of VP8 (RFC 6386, section 12): predicted, and what its coefficients add.

import { BLOCK_MODES, COEFFICIENTS, COUNTS, LUMA, MODE_PIXELS } from "./vp8State.as";
import { raised, restored } from "./vp8Transform.as";

/** Bytes from row to row; where the first pixel of the first row lies, and the one above and to the left of it. */
const ROW: usize = 32;
const FIRST: usize = LUMA + 40;
const CORNER: usize = LUMA + 7;

/** Predicts all sixteen blocks alike. */
export function predictLuma(mode: i32, hasLeft: bool, hasAbove: bool): void {
  const above = v128.load(CORNER + 1);
  if (mode == 2) fill(above);
  else if (mode == 3) {
    for (let at = FIRST; at < FIRST + 16 * ROW; at += ROW) v128.store(at, v128.load8_splat(at - 1));
  } else if (mode == 1) {
    const corner = i16x8.splat(load<u8>(CORNER));
    const low = i16x8.sub(i16x8.extend_low_i8x16_u(above), corner);
    const high = i16x8.sub(i16x8.extend_high_i8x16_u(above), corner);
    for (let at = FIRST; at < FIRST + 16 * ROW; at += ROW) {
      const left = i16x8.splat(load<u8>(at - 1));
      v128.store(at, i8x16.narrow_i16x8_u(i16x8.add(low, left), i16x8.add(high, left)));
    }
  } else {
    let sum: i32 = 0;
    if (hasLeft) for (let at = FIRST; at < FIRST + 16 * ROW; at += ROW) sum += load<u8>(at - 1);
    if (hasAbove) {
      const pairs = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(above));
      const halves = i32x4.add(pairs, v128.shuffle<i32>(pairs, pairs, 2, 3, 0, 1));
      sum += i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1);
    }
    if (hasLeft && hasAbove) fill(i8x16.splat(<i8>((sum + 16) >> 5)));
    else fill(i8x16.splat(<i8>(hasLeft || hasAbove ? (sum + 8) >> 4 : 128)));
  }
}

function fill(row: v128): void {
  for (let at = FIRST; at < FIRST + 16 * ROW; at += ROW) v128.store(at, row);
}

/** Adds what the coefficients of all blocks stand for. @returns whether there are any */
export function addLuma(quantisers: usize): bool {
  let isAny = false;
  for (let block: usize = 0; block < 16; block++) {
    const coefficients = COEFFICIENTS + 32 + (block << 5);
    const first = <i32>load<i16>(coefficients);
    const isWhole = load<u8>(block, COUNTS + 1) > 1;
    if (!isWhole && first == 0) continue;
    isAny = true;
    const to = FIRST + (block >> 2) * (4 * ROW) + ((block & 3) << 2);
    const pixels = loadBlock(to);
    storeBlock(to, isWhole ? restored(coefficients, quantisers, pixels) : raised(coefficients, quantisers, first, pixels));
  }
  return isAny;
}

// @ts-ignore: decorator
@inline
export function loadBlock(at: usize): v128 {
  return v128.load32_lane(at, v128.load32_lane(at, v128.load32_lane(at, v128.load32_zero(at), 1, ROW), 2, 2 * ROW), 3, 3 * ROW);
}

// @ts-ignore: decorator
@inline
export function storeBlock(at: usize, pixels: v128): void {
  v128.store32_lane(at, pixels, 0);
  v128.store32_lane(at, pixels, 1, ROW);
  v128.store32_lane(at, pixels, 2, 2 * ROW);
  v128.store32_lane(at, pixels, 3, 3 * ROW);
}

/** Predicts each block by its own mode from those before it, and adds what its coefficients stand for. */
export function decodeBlocks(quantisers: usize): void {
  for (let row: usize = 0; row < 4; row++) {
    let at = FIRST + row * (4 * ROW);
    // Of the block to the left, its rightmost pixels are used alone.
    let pixels = v128.load8_lane(at - 1, i64x2.splat(0), 3);
    pixels = v128.load8_lane(at - 1, pixels, 7, ROW);
    pixels = v128.load8_lane(at - 1, pixels, 11, 2 * ROW);
    pixels = v128.load8_lane(at - 1, pixels, 15, 3 * ROW);
    for (let column: usize = 0; column < 4; column++, at += 4) {
      const block = (row << 2) + column;
      pixels = predicted(load<u8>(block, BLOCK_MODES), pixels, v128.load(at - ROW - 1));
      const coefficients = COEFFICIENTS + 32 + (block << 5);
      if (load<u8>(block, COUNTS + 1) > 1) pixels = restored(coefficients, quantisers, pixels);
      else {
        const first = <i32>load<i16>(coefficients);
        if (first != 0) pixels = raised(coefficients, quantisers, first, pixels);
      }
      storeBlock(at, pixels);
    }
  }
}

/**
 * A block as its mode says.
 * @param left pixels of the block to the left
 * @param above pixels of the row above, from the corner on
 */
// @ts-ignore: decorator
@inline
function predicted(mode: usize, left: v128, above: v128): v128 {
  if (mode == 1) {
    const row = i16x8.extend_low_i8x16_u(v128.shuffle<u8>(above, above, 1, 2, 3, 4, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0));
    const corner = v128.shuffle<u8>(above, above, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    const slope = i16x8.sub(row, i16x8.extend_low_i8x16_u(corner));
    const side = v128.shuffle<u8>(left, left, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
    return i8x16.narrow_i16x8_u(
      i16x8.add(slope, i16x8.extend_low_i8x16_u(side)),
      i16x8.add(slope, i16x8.extend_high_i8x16_u(side)),
    );
  }
  if (mode == 0) {
    const edge = v128.shuffle<u8>(left, above, 3, 7, 11, 15, 17, 18, 19, 20, 0, 0, 0, 0, 0, 0, 0, 0);
    const pairs = i16x8.extadd_pairwise_i8x16_u(edge);
    const fours = i32x4.extadd_pairwise_i16x8_u(pairs);
    return i8x16.splat(<i8>((i32x4.extract_lane(fours, 0) + i32x4.extract_lane(fours, 1) + 4) >> 3));
  }
  // From the lowest pixel to the left, twice, up to the corner and on to the last above, twice.
  const edge = v128.shuffle<u8>(left, above, 15, 15, 11, 7, 3, 16, 17, 18, 19, 20, 21, 22, 23, 24, 24, 24);
  const before = v128.shuffle<u8>(edge, edge, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
  const after = v128.shuffle<u8>(edge, edge, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15);
  // (before + 2 edge + after + 2) / 4: the instruction rounds up, which the lowest bit of the outer sum takes back.
  const outer = i8x16.sub(i8x16.avgr_u(before, after), v128.and(v128.xor(before, after), i8x16.splat(1)));
  const threes = i8x16.avgr_u(outer, edge);
  const twos = i8x16.avgr_u(edge, after);
  // Which of them a mode takes, by number; the twos' are 16 more.
  const chosen = v128.load(MODE_PIXELS + (mode << 4));
  return v128.or(i8x16.swizzle(threes, chosen), i8x16.swizzle(twos, i8x16.sub(chosen, i8x16.splat(16))));
}
