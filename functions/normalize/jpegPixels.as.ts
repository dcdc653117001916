// AssemblyScript (WASM SIMD): from the coefficients of an MCU to pixels of luma, and what RGB would clip of them.

import {
  BLOCKS, CELL_ACROSS, CELL_DOWN, CHROMA_HEIGHT, CHROMA_WIDTH, EXCESS, PLANE, QUANTISERS, SCRATCH, SQUARES, STRIDE,
} from "./jpegState.as";
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
  const blue = reach(block, QUANTISERS + 128);
  const red = reach(block + 128, QUANTISERS + 256);
  // 1.772 of blue, 1.402 of red, 0.345 and 0.715 of both are what RGB adds to luma; rounded up, and one for rounding.
  const most = max(max(blue * 1815, red * 1436), blue * 353 + red * 732) / 1024 + 2;
  if (stays(corner, stride, across, down << 3, most)) return;
  inverse(block, QUANTISERS + 128, SCRATCH + 128, 8);
  inverse(block + 128, QUANTISERS + 256, SCRATCH + 192, 8);
  addExcess(corner, SCRATCH + 128, x, y);
}

/** By how much any sample of a chroma block differs from 128 at most. */
function reach(block: usize, quantiser: usize): i32 {
  let sums = i16x8.splat(0);
  for (let at: usize = 0; at < 128; at += 32) {
    const upper = i16x8.mul(v128.load(block + at), v128.load(quantiser + at));
    const lower = i16x8.mul(v128.load(block + at, 16), v128.load(quantiser + at, 16));
    sums = i16x8.add_sat_u(sums, i16x8.add_sat_u(i16x8.abs(upper), i16x8.abs(lower)));
  }
  const pairs = i32x4.extadd_pairwise_i16x8_u(sums);
  const halves = i32x4.add(pairs, v128.shuffle<i32>(pairs, pairs, 2, 3, 0, 1));
  const dc = abs(<i32>load<i16>(block) * <i32>load<i16>(quantiser));
  const others = max(i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1) - dc, 0);
  return min((others >> 2) + (dc >> 3) + 2, 128);
}

/** Whether all luma of an MCU is at least `most` away from 0 and from 255. */
function stays(corner: usize, stride: usize, across: i32, rows: i32, most: i32): bool {
  if (most > 127) return false;
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
  const out = v128.or(i8x16.lt_u(least, i8x16.splat(<i8>most)), i8x16.gt_u(greatest, i8x16.splat(<i8>(255 - most))));
  return !v128.any_true(out);
}

/** 255 with ten binary places and all of them set. */
const MAX_SAMPLE: i32 = 255 * 1024 + 1023;

/** One pixel of luma for each sample of chroma, another one in every row. */
function addExcess(corner: usize, chroma: usize, x: i32, y: i32): void {
  const across = load<i32>(CELL_ACROSS);
  const down = load<i32>(CELL_DOWN);
  const stride = load<usize>(STRIDE);
  const width = min(8, load<i32>(CHROMA_WIDTH) - x * 8);
  const height = min(8, load<i32>(CHROMA_HEIGHT) - y * 8);
  let sum: f64 = 0;
  let squares: f64 = 0;
  for (let row: i32 = 0; row < height; row++) {
    let luma = corner + <usize>(row * down + (row % down)) * stride + <usize>((row >> 1) % across);
    for (let column: i32 = 0; column < width; column++, luma += across) {
      const grey = ((<i32>load<u8>(luma)) << 10) | 512;
      const blue = <i32>load<u8>(chroma + column) - 128;
      const red = <i32>load<u8>(chroma + column, 64) - 128;
      const r = grey + 1436 * red;
      const g = grey - 352 * blue - 731 * red;
      const b = grey + 1815 * blue;
      if (((r | g | b) & ~MAX_SAMPLE) == 0) continue;
      const excess = 0.299 * outside(r) + 0.587 * outside(g) + 0.114 * outside(b);
      sum += abs(excess);
      squares += excess * excess;
    }
    chroma += 8;
  }
  store<f64>(EXCESS, load<f64>(EXCESS) + sum);
  store<f64>(SQUARES, load<f64>(SQUARES) + squares);
}

// @ts-ignore: decorator
@inline
function outside(value: i32): f64 {
  if (value >= 0 && value <= MAX_SAMPLE) return 0;
  return <f64>(value < 0 ? value - 512 : value - 512 - 255 * 1024) / 1024;
}
