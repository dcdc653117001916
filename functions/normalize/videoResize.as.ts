// AssemblyScript (WASM SIMD): the horizontal pass of luma and chroma, and grey as OpenCV makes it of libwebp's RGB.

import { fourSums } from "./fourSums.as";

/** As sumColumns1 of areaResize.as.ts, but to floats. */
export function sumColumns(row: usize, offsets: usize, weights: usize, quads: i32, count: i32, out: usize): void {
  const size = <usize>quads << 4;
  const end = out + (<usize>count << 2);
  for (; out < end; out += 16, offsets += 16, weights += size << 2) {
    v128.store(out, fourSums(row, offsets, weights, size));
  }
}

/** Grey of floats, half rounded up. */
export function greyOfGrey(grey: usize, count: i32, out: usize): void {
  for (const end = out + count; out < end; out += 4, grey += 16) {
    storeLevels(out, level(v128.load(grey), 0.5 + 1.0 / 1024));
  }
}

// @ts-ignore: decorator
@inline
function storeLevels(out: usize, levels: v128): void {
  const grey = i32x4.min_s(i32x4.max_s(levels, i32x4.splat(0)), i32x4.splat(255));
  v128.store32_lane(out, v128.shuffle<u8>(grey, grey, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12), 0);
}

/** Chroma that changes by more from pixel to pixel is not known so well that it could tell how RGB was rounded. */
const STEADY: f32 = 1;

/**
 * Grey of luma of 16 to 235 and chroma around 128, all floats. Where chroma is steady, by way of red, green and blue that
 * are rounded as libwebp rounds those of a pixel: down, after a little less or more than a half for what its products
 * lose. Elsewhere of luma alone, so scaled that every level without colour comes out right.
 * @param out and the floats reach to the next multiple of four, and one further
 * @param more is added to each level before it is rounded
 */
export function greyOfVideo(luma: usize, blue: usize, red: usize, count: i32, out: usize, more: f32): void {
  const end = out + count;
  const last = <usize>(count - 1) << 2;
  store<f32>(blue + last, load<f32>(blue + last), 4);
  store<f32>(red + last, load<f32>(red + last), 4);
  for (; out < end; out += 4, luma += 16, blue += 16, red += 16) {
    const light = v128.load(luma);
    const u = v128.load(blue);
    const v = v128.load(red);
    const y = f32x4.mul(light, f32x4.splat(19077.0 / 16384));
    const r = level(f32x4.add(y, f32x4.mul(v, f32x4.splat(26149.0 / 16384))), -14235.0 / 64 + more);
    const g = level(
      f32x4.sub(f32x4.sub(y, f32x4.mul(u, f32x4.splat(6419.0 / 16384))), f32x4.mul(v, f32x4.splat(13320.0 / 16384))),
      8708.5 / 64 + more,
    );
    const b = level(f32x4.add(y, f32x4.mul(u, f32x4.splat(33050.0 / 16384))), -17686.0 / 64 + more);
    // OpenCV's weights, of 2^15.
    const sum = i32x4.add(
      i32x4.add(i32x4.mul(r, i32x4.splat(9798)), i32x4.mul(g, i32x4.splat(19235))),
      i32x4.add(i32x4.mul(b, i32x4.splat(3735)), i32x4.splat(16384)),
    );
    const alone = level(f32x4.mul(light, f32x4.splat(1.164384)), 0.5 - 18.643904 + more);
    const change = f32x4.max(
      f32x4.abs(f32x4.sub(v128.load(blue, 4), u)),
      f32x4.abs(f32x4.sub(v128.load(red, 4), v)),
    );
    storeLevels(out, v128.bitselect(i32x4.shr_s(sum, 15), alone, f32x4.lt(change, f32x4.splat(STEADY))));
  }
}

/**
 * A level, rounded down, which may lie outside of 0 to 255: clipping is looked at pixel by pixel, see vp8Chroma.as.ts. Added
 * to half as much again as 2^23, the fraction is rounded away and the lowest bits are the number.
 */
// @ts-ignore: decorator
@inline
function level(value: v128, offset: f32): v128 {
  const whole = f32x4.add(f32x4.add(value, f32x4.splat(offset - 0.5)), f32x4.splat(12582912));
  return i32x4.sub(whole, i32x4.splat(0x4b400000));
}
