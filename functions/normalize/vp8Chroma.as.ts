// AssemblyScript (WASM SIMD): chroma of a macroblock of VP8 before its loop filter, and what RGB would clip of its pixels.

import { CHROMA, COEFFICIENTS, COLOURED, COUNTS, EXCESS, LUMA, SQUARES } from "./vp8State.as";
import { loadBlock, storeBlock } from "./vp8Luma.as";
import { raised, restored } from "./vp8Transform.as";

/** Bytes from row to row, of luma too; where the first pixels lie, and from one chroma to the other. */
const ROW: usize = 32;
const FIRST: usize = CHROMA + 40;
const OTHER: usize = 16;

/**
 * Predicts both chromas and adds what their coefficients stand for.
 * @returns whether there are any coefficients
 */
export function decodeChroma(quantisers: usize, mode: i32, hasLeft: bool, hasAbove: bool): bool {
  predict(FIRST, mode, hasLeft, hasAbove);
  predict(FIRST + OTHER, mode, hasLeft, hasAbove);
  let isAny = false;
  for (let block: usize = 0; block < 8; block++) {
    const coefficients = COEFFICIENTS + 17 * 32 + (block << 5);
    const first = <i32>load<i16>(coefficients);
    const isWhole = load<u8>(block, COUNTS + 17) > 1;
    if (!isWhole && first == 0) continue;
    isAny = true;
    const to = FIRST + (block >> 2) * OTHER + ((block >> 1) & 1) * (4 * ROW) + ((block & 1) << 2);
    const pixels = loadBlock(to);
    storeBlock(to, isWhole ? restored(coefficients, quantisers, pixels) : raised(coefficients, quantisers, first, pixels));
  }
  return isAny;
}

/** Eight rows of eight pixels by what lies above and to the left of them (RFC 6386, section 12.2). */
function predict(from: usize, mode: i32, hasLeft: bool, hasAbove: bool): void {
  const end = from + 8 * ROW;
  const above = v128.load64_zero(from - ROW);
  if (mode == 2) {
    for (let at = from; at < end; at += ROW) v128.store64_lane(at, above, 0);
  } else if (mode == 3) {
    for (let at = from; at < end; at += ROW) v128.store64_lane(at, v128.load8_splat(at - 1), 0);
  } else if (mode == 1) {
    const slope = i16x8.sub(i16x8.extend_low_i8x16_u(above), i16x8.splat(load<u8>(from - ROW - 1)));
    for (let at = from; at < end; at += ROW) {
      const row = i16x8.add(slope, i16x8.splat(load<u8>(at - 1)));
      v128.store64_lane(at, i8x16.narrow_i16x8_u(row, row), 0);
    }
  } else {
    let sum: i32 = 0;
    if (hasLeft) for (let at = from; at < end; at += ROW) sum += load<u8>(at - 1);
    if (hasAbove) {
      const pairs = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(above));
      sum += i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
    }
    const mean = hasLeft && hasAbove ? (sum + 8) >> 4 : hasLeft || hasAbove ? (sum + 4) >> 3 : 128;
    for (let at = from; at < end; at += ROW) v128.store64_lane(at, i8x16.splat(<i8>mean), 0);
  }
}

/** RGB of 0 to 255 with six binary places, as libwebp makes it: chances are that nothing is clipped. */
const MOST: i32 = 255 * 64;

/** Adds up what clipping to RGB changes of the macroblock's grey, beyond what clipping grey itself does. */
export function addExcess(): void {
  if (isInside()) return;
  let sums = i32x4.splat(0);
  let squares = i32x4.splat(0);
  for (let row: usize = 0; row < 16; row++) {
    const luma = v128.load(LUMA + 40 + row * ROW);
    const chroma = FIRST + (row >> 1) * ROW;
    const blue = v128.load64_zero(chroma);
    const red = v128.load64_zero(chroma + OTHER);
    const blues = v128.shuffle<u8>(blue, blue, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    const reds = v128.shuffle<u8>(red, red, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    const low = excess(i16x8.extend_low_i8x16_u(luma), i16x8.extend_low_i8x16_u(blues), i16x8.extend_low_i8x16_u(reds));
    const high = excess(i16x8.extend_high_i8x16_u(luma), i16x8.extend_high_i8x16_u(blues), i16x8.extend_high_i8x16_u(reds));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.abs(low), i16x8.abs(high))));
    const coarseLow = i16x8.shr_s(low, 2);
    const coarseHigh = i16x8.shr_s(high, 2);
    squares = i32x4.add(squares, i32x4.dot_i16x8_s(coarseLow, coarseLow));
    squares = i32x4.add(squares, i32x4.dot_i16x8_s(coarseHigh, coarseHigh));
  }
  store<f64>(EXCESS, load<f64>(EXCESS) + total(sums) / 64);
  store<f64>(SQUARES, load<f64>(SQUARES) + total(squares) / 256);
}

function total(sums: v128): f64 {
  const upper = v128.shuffle<i32>(sums, sums, 2, 3, 0, 1);
  const halves = f64x2.add(f64x2.convert_low_i32x4_s(sums), f64x2.convert_low_i32x4_s(upper));
  return f64x2.extract_lane(halves, 0) + f64x2.extract_lane(halves, 1);
}

/** What clipping changes of eight pixels, in 64ths of grey levels. */
// @ts-ignore: decorator
@inline
function excess(luma: v128, blue: v128, red: v128): v128 {
  const centre = i16x8.splat(128);
  const u = i16x8.shl(i16x8.sub(blue, centre), 7);
  const v = i16x8.shl(i16x8.sub(red, centre), 7);
  const grey = i16x8.sub(i16x8.q15mulr_sat_s(i16x8.shl(luma, 7), i16x8.splat(19077)), i16x8.splat(1192));
  const r = outside(i16x8.add(grey, i16x8.q15mulr_sat_s(v, i16x8.splat(26149))));
  const greenLess = i16x8.add(i16x8.q15mulr_sat_s(u, i16x8.splat(6419)), i16x8.q15mulr_sat_s(v, i16x8.splat(13320)));
  const g = outside(i16x8.sub(grey, greenLess));
  const b = outside(i16x8.add_sat_s(grey, i16x8.q15mulr_sat_s(i16x8.shl(u, 1), i16x8.splat(16525))));
  const clipped = i16x8.add(
    i16x8.add(i16x8.q15mulr_sat_s(r, i16x8.splat(9798)), i16x8.q15mulr_sat_s(g, i16x8.splat(19235))),
    i16x8.q15mulr_sat_s(b, i16x8.splat(3735)),
  );
  return i16x8.sub(clipped, outside(grey));
}

/** What clipping adds. */
// @ts-ignore: decorator
@inline
function outside(value: v128): v128 {
  return i16x8.sub(i16x8.min_s(i16x8.max_s(value, i16x8.splat(0)), i16x8.splat(<i16>MOST)), value);
}

/** Whether no combination of the macroblock's luma and chroma leaves the gamut. */
function isInside(): bool {
  let least = i8x16.splat(-1);
  let greatest = i8x16.splat(0);
  for (let at = LUMA + 40; at < LUMA + 40 + 16 * ROW; at += ROW) {
    const pixels = v128.load(at);
    least = i8x16.min_u(least, pixels);
    greatest = i8x16.max_u(greatest, pixels);
  }
  let leastChroma = i8x16.splat(-1);
  let greatestChroma = i8x16.splat(0);
  for (let at = FIRST; at < FIRST + 8 * ROW; at += ROW) {
    const pixels = v128.load64_lane(at + OTHER, v128.load64_zero(at), 1);
    leastChroma = i8x16.min_u(leastChroma, pixels);
    greatestChroma = i8x16.max_u(greatestChroma, pixels);
  }
  // The greatest as the least of what is lacking to 255; two of them to a vector.
  const lacking = v128.not(greatest);
  const luma = leastOfHalves(
    i8x16.min_u(v128.shuffle<i64>(least, lacking, 0, 2), v128.shuffle<i64>(least, lacking, 1, 3)),
  );
  const lowest = leastOfHalves(leastChroma);
  const highest = leastOfHalves(v128.not(greatestChroma));
  const darkest = (<i32>i8x16.extract_lane_u(luma, 0) * 19077 >> 8) - 1193;
  const lightest = ((255 - <i32>i8x16.extract_lane_u(luma, 8)) * 19077 >> 8) - 1192;
  const leastBlue = <i32>i8x16.extract_lane_u(lowest, 0) - 128;
  const leastRed = <i32>i8x16.extract_lane_u(lowest, 8) - 128;
  const mostBlue = 127 - <i32>i8x16.extract_lane_u(highest, 0);
  const mostRed = 127 - <i32>i8x16.extract_lane_u(highest, 8);
  if (leastBlue | leastRed | mostBlue | mostRed) store<i32>(COLOURED, 1);
  const up = max(max(mostRed * 26149, mostBlue * 33050), -leastBlue * 6419 - leastRed * 13320) >> 8;
  const down = min(min(leastRed * 26149, leastBlue * 33050), -mostBlue * 6419 - mostRed * 13320) >> 8;
  return darkest + down >= 0 && lightest + up <= MOST;
}

/** The least byte of either half, in its first place. */
// @ts-ignore: decorator
@inline
function leastOfHalves(bytes: v128): v128 {
  bytes = i8x16.min_u(bytes, i64x2.shr_u(bytes, 32));
  bytes = i8x16.min_u(bytes, i64x2.shr_u(bytes, 16));
  return i8x16.min_u(bytes, i64x2.shr_u(bytes, 8));
}
