// AssemblyScript (WASM SIMD): rows of macroblocks of VP8, from bits to luma.

import {
  ABOVE, ABOVE_CHROMA, ABOVE_COEFFICIENTS, ABOVE_SIZE, ACROSS, BAND, CHROMA, CHROMA_BAND, CHROMA_MODE, CHROMA_STRIDE,
  COUNTS, FILTER, LEFT_COEFFICIENTS, LEFT_MODES, LUMA, LUMA_MODE, ODD, PARTITIONS, QUANTISERS_CHROMA, QUANTISERS_DC,
  QUANTISERS_WHOLE, READER, READERS, SEGMENT, SEGMENTS, STRENGTHS, STRIDE,
} from "./vp8State.as";
import { addExcess, decodeChroma } from "./vp8Chroma.as";
import { filterMacroblock } from "./vp8LoopFilter.as";
import { addLuma, decodeBlocks, predictLuma } from "./vp8Luma.as";
import { readModes } from "./vp8Modes.as";
import { readCoefficients } from "./vp8Tokens.as";
import { spreadDc } from "./vp8Transform.as";

export { begin, readChances, readNumber } from "./vp8Modes.as";

/**
 * Decodes a row of macroblocks to the band; filtering also changes the last rows of the one before, above the band.
 * @returns false when the data ends too early, or is no picture's
 */
export function decodeRow(y: i32): bool {
  const across = load<i32>(ACROSS);
  const stride = load<usize>(STRIDE);
  const filter = load<i32>(FILTER);
  const reader = READERS + READER * <usize>(1 + (y & load<i32>(PARTITIONS)));
  let above = load<usize>(ABOVE);
  let to = load<usize>(BAND);
  startRow(y);
  for (let x: i32 = 0; x < across; x++, above += ABOVE_SIZE, to += 16) {
    const isEmpty = readModes(above);
    const mode = load<i32>(LUMA_MODE);
    const isWhole = mode < 16;
    const segment = SEGMENTS + (<usize>load<i32>(SEGMENT) << 6);
    if (isEmpty) clearFlags(above + ABOVE_COEFFICIENTS, isWhole);
    else readCoefficients(reader, above + ABOVE_COEFFICIENTS, segment, isWhole);
    if (isBeyond(READERS) || isBeyond(reader)) return false;
    let hasInner = true;
    bringAbove(above, x, y, across);
    if (isWhole) {
      if (!isEmpty) spreadDc(segment + QUANTISERS_DC);
      predictLuma(mode, x > 0, y > 0);
      hasInner = !isEmpty && addLuma(segment + QUANTISERS_WHOLE);
    } else decodeBlocks(segment);
    // Its coefficients alone may be what makes the filter look inside.
    hasInner = decodeChroma(segment + QUANTISERS_CHROMA, load<i32>(CHROMA_MODE), x > 0, y > 0) || hasInner;
    addExcess();
    keep(above, to, stride, <usize>x << 3);
    const strengths = segment + (isWhole ? STRENGTHS : STRENGTHS + 4);
    if (filter != 0 && load<u8>(strengths) != 0) {
      filterMacroblock(to, stride, strengths, filter == 1, x > 0, y > 0, hasInner);
    }
  }
  return !load<i32>(ODD) && !lacks(READERS) && !lacks(reader);
}

/** What lies to the left of the first macroblock, and above the first row (RFC 6386, sections 11.3 and 12.2). */
function startRow(y: i32): void {
  store<u32>(LEFT_MODES, 0);
  store<u64>(LEFT_COEFFICIENTS, 0);
  store<u8>(LEFT_COEFFICIENTS, 0, 8);
  const first: usize = y > 0 ? 0 : 32;
  for (let at = first; at < 17 * 32; at += 32) store<u8>(LUMA + at, 129, 7);
  for (let at = first; at < 9 * 32; at += 32) {
    store<u8>(CHROMA + at, 129, 7);
    store<u8>(CHROMA + at, 129, 23);
  }
  if (y > 0) return;
  for (let at: usize = 0; at < 32; at += 16) {
    v128.store(LUMA + at, i8x16.splat(127));
    v128.store(CHROMA + at, i8x16.splat(127));
  }
}

/** A macroblock without coefficients; the flag of luma's DC values stays that of the last one that has such. */
function clearFlags(above: usize, isWhole: bool): void {
  store<u64>(above, 0);
  store<u64>(LEFT_COEFFICIENTS, 0);
  if (isWhole) {
    store<u8>(above, 0, 8);
    store<u8>(LEFT_COEFFICIENTS, 0, 8);
  }
  v128.store(COUNTS, i64x2.splat(0));
  v128.store(COUNTS, i64x2.splat(0), 16);
}

/** Brings the pixels above a macroblock, and those to the right of them that its last blocks use. */
function bringAbove(above: usize, x: i32, y: i32, across: i32): void {
  if (y > 0) {
    v128.store(LUMA + 8, v128.load(above));
    store<u64>(CHROMA + 8, load<u64>(above, ABOVE_CHROMA));
    store<u64>(CHROMA + 24, load<u64>(above, ABOVE_CHROMA + 8));
    const right = x + 1 < across ? load<u32>(above, ABOVE_SIZE) : 0x01010101 * <u32>load<u8>(above, 15);
    store<u32>(LUMA + 24, right);
  }
  const right = load<u32>(LUMA + 24);
  store<u32>(LUMA + 4 * 32 + 24, right);
  store<u32>(LUMA + 8 * 32 + 24, right);
  store<u32>(LUMA + 12 * 32 + 24, right);
}

/** Keeps what the macroblocks below and to the right need, before it is filtered, and the pixels. */
function keep(above: usize, to: usize, stride: usize, column: usize): void {
  v128.store(above, v128.load(LUMA + 16 * 32 + 8));
  store<u64>(above, load<u64>(CHROMA + 8 * 32 + 8), ABOVE_CHROMA);
  store<u64>(above, load<u64>(CHROMA + 8 * 32 + 24), ABOVE_CHROMA + 8);
  store<u8>(LUMA + 7, load<u8>(LUMA + 23));
  for (let at: usize = LUMA + 32; at < LUMA + 17 * 32; at += 32, to += stride) {
    v128.store(to, v128.load(at, 8));
    store<u8>(at, load<u8>(at, 23), 7);
  }
  store<u8>(CHROMA + 7, load<u8>(CHROMA + 15));
  store<u8>(CHROMA + 23, load<u8>(CHROMA + 31));
  const chromaStride = load<usize>(CHROMA_STRIDE);
  let blue = load<usize>(CHROMA_BAND) + column;
  const half = chromaStride >> 1;
  for (let at: usize = CHROMA + 32; at < CHROMA + 9 * 32; at += 32, blue += chromaStride) {
    store<u64>(blue, load<u64>(at, 8));
    store<u64>(blue + half, load<u64>(at, 24));
    store<u8>(at, load<u8>(at, 15), 7);
    store<u8>(at, load<u8>(at, 31), 23);
  }
}

/** Whether a reader is far beyond its data: a macroblock never makes it read more than what stands before it. */
// @ts-ignore: decorator
@inline
function isBeyond(reader: usize): bool {
  return load<usize>(reader, 16) + 8 < load<usize>(reader, 20);
}

/** Whether a reader took bits that its data does not have; eight more are always looked at. */
function lacks(reader: usize): bool {
  const unread = (<i32>(load<usize>(reader, 16) - load<usize>(reader, 20)) << 3) + 62 - <i32>ctz(load<u64>(reader));
  return unread < 8;
}

/**
 * Copies rows of luma: of a picture without colour as grey of 0 to 255, as libwebp's RGB has it; of others what is blacker
 * than black, 16, and whiter than white, 235, as those.
 */
export function copyLuma(
  from: usize, stride: usize, to: usize, toStride: usize, size: usize, rows: i32, isGrey: bool,
): void {
  for (; rows > 0; rows--, from += stride, to += toStride) {
    for (let at: usize = 0; at < size; at += 16) {
      const luma = v128.load(from + at);
      v128.store(to + at, isGrey ? grey(luma) : i8x16.min_u(i8x16.max_u(luma, i8x16.splat(16)), i8x16.splat(<i8>235)));
    }
  }
}

/** Numbers that give libwebp's level for each of the 256. */
// @ts-ignore: decorator
@inline
function grey(luma: v128): v128 {
  const scale = i16x8.splat(19078);
  const offset = i16x8.splat(1162);
  const low = i16x8.q15mulr_sat_s(i16x8.shl(i16x8.extend_low_i8x16_u(luma), 7), scale);
  const high = i16x8.q15mulr_sat_s(i16x8.shl(i16x8.extend_high_i8x16_u(luma), 7), scale);
  return i8x16.narrow_i16x8_u(i16x8.shr_s(i16x8.sub(low, offset), 6), i16x8.shr_s(i16x8.sub(high, offset), 6));
}
