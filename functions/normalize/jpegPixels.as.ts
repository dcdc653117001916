// AssemblyScript (WASM SIMD): from the coefficients of an MCU to pixels of luma, and of chroma where RGB may clip.

import { blueAt, endRow, know, redFromBlue } from "./jpegExcess.as";
import { ACROSS, BLOCKS, CELL_ACROSS, CELL_DOWN, PLANE, QUANTISERS, ROW_STRIDE, STRIDE } from "./jpegState.as";
import { inverse } from "./jpegTransform.as";

/** Turns an MCU into pixels of luma and adds up what clipping to RGB would change of them. */
export function finishMcu(blocks: usize, x: i32, y: i32): void {
  const across = load<i32>(CELL_ACROSS);
  const down = load<i32>(CELL_DOWN);
  const stride = load<usize>(STRIDE);
  const corner = load<usize>(PLANE) + <usize>(y * down * 8) * stride + <usize>(x * across * 8);
  let block = blocks;
  for (let row: i32 = 0; row < down; row++) {
    let to = corner + <usize>(row * 8) * stride;
    for (let column: i32 = 0; column < across; column++, block += 128, to += 8) {
      inverse(block, QUANTISERS, to, stride);
    }
  }
  if (load<i32>(BLOCKS) == across * down) return;
  // The least of luma and, in the other half, of what it lacks to 255.
  const margins = marginsOf(corner, stride, across, down << 3);
  const least = i8x16.extract_lane_u(margins, 0);
  const lacking = i8x16.extract_lane_u(margins, 8);
  const blueReach = reach(block, QUANTISERS + 128);
  const redReach = reach(block + 128, QUANTISERS + 256);
  // As `know` has it, whichever way.
  const most = max(max(blueReach * 1815, redReach * 1436), blueReach * 353 + redReach * 732) + 512;
  if (most >> 10 <= <i32>min(least, lacking)) {
    const blue = mean(block, QUANTISERS + 128);
    const red = mean(block + 128, QUANTISERS + 256);
    know(x, y, least, lacking, blue, blue, red, red, blue + 128, red + 128);
  } else keepChroma(block, x, y, least, lacking);
  if (x + 1 == load<i32>(ACROSS)) endRow(y);
}

/** Turns both chroma blocks of an MCU into pixels and notes between what they are. */
function keepChroma(block: usize, x: i32, y: i32, leastLuma: u8, lackingLuma: u8): void {
  const stride = load<usize>(ROW_STRIDE);
  let blue = blueAt(x << 3, y << 3);
  let red = blue + redFromBlue();
  inverse(block, QUANTISERS + 128, blue, stride);
  inverse(block + 128, QUANTISERS + 256, red, stride);
  let least = i8x16.splat(-1);
  let greatest = i8x16.splat(0);
  for (let row: usize = 0; row < 8; row++, blue += stride, red += stride) {
    const pixels = v128.load64_lane(red, v128.load64_zero(blue), 1);
    least = i8x16.min_u(least, pixels);
    greatest = i8x16.max_u(greatest, pixels);
  }
  least = leastOfHalves(least);
  const lacking = leastOfHalves(v128.not(greatest));
  const leastBlue = <i32>i8x16.extract_lane_u(least, 0) - 128;
  const leastRed = <i32>i8x16.extract_lane_u(least, 8) - 128;
  const mostBlue = 127 - <i32>i8x16.extract_lane_u(lacking, 0);
  const mostRed = 127 - <i32>i8x16.extract_lane_u(lacking, 8);
  know(x, y, leastLuma, lackingLuma, leastBlue, mostBlue, leastRed, mostRed, 0, 0);
}

/** The least byte of either half, in its first place. */
// @ts-ignore: decorator
@inline
function leastOfHalves(bytes: v128): v128 {
  bytes = i8x16.min_u(bytes, i64x2.shr_u(bytes, 32));
  bytes = i8x16.min_u(bytes, i64x2.shr_u(bytes, 16));
  return i8x16.min_u(bytes, i64x2.shr_u(bytes, 8));
}

/** What a chroma block is on average, 0 being the middle; -127 at least. */
// @ts-ignore: decorator
@inline
function mean(block: usize, quantiser: usize): i32 {
  const dc = <i32>load<i16>(block) * <i32>load<i16>(quantiser);
  return min(max((dc + 4) >> 3, -127), 127);
}

/** By how much any sample of a chroma block differs from 128 at most. */
// @ts-ignore: decorator
@inline
function reach(block: usize, quantiser: usize): i32 {
  const upper = i16x8.add_sat_u(twoRows(block, quantiser), twoRows(block + 32, quantiser + 32));
  const lower = i16x8.add_sat_u(twoRows(block + 64, quantiser + 64), twoRows(block + 96, quantiser + 96));
  const pairs = i32x4.extadd_pairwise_i16x8_u(i16x8.add_sat_u(upper, lower));
  const halves = i32x4.add(pairs, v128.shuffle<i32>(pairs, pairs, 2, 3, 0, 1));
  const dc = abs(<i32>load<i16>(block) * <i32>load<i16>(quantiser));
  const others = max(i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1) - dc, 0);
  return min((others >> 2) + (dc >> 3) + 2, 128);
}

/** Amounts of two rows of coefficients, each column's added up. */
// @ts-ignore: decorator
@inline
function twoRows(block: usize, quantiser: usize): v128 {
  const first = i16x8.mul(v128.load(block), v128.load(quantiser));
  const second = i16x8.mul(v128.load(block, 16), v128.load(quantiser, 16));
  return i16x8.add_sat_u(i16x8.abs(first), i16x8.abs(second));
}

/** How far all luma of an MCU keeps from 0 and, in the second half, from 255. */
// @ts-ignore: decorator
@inline
function marginsOf(corner: usize, stride: usize, across: i32, rows: i32): v128 {
  let least = i8x16.splat(-1);
  let greatest = i8x16.splat(0);
  for (let column: i32 = 0; column < across; column += 2, corner += 16) {
    let at = corner;
    for (let row: i32 = 0; row < rows; row += 4, at += stride << 2) {
      for (let next: usize = 0; next < 4; next++) {
        const from = at + next * stride;
        const pixels = across == 1 ? v128.load64_splat(from) : v128.load(from);
        least = i8x16.min_u(least, pixels);
        greatest = i8x16.max_u(greatest, pixels);
      }
    }
  }
  // The greatest as the least of what is lacking to 255; one of them to each half.
  const lacking = v128.not(greatest);
  return leastOfHalves(
    i8x16.min_u(v128.shuffle<i64>(least, lacking, 0, 2), v128.shuffle<i64>(least, lacking, 1, 3)),
  );
}
