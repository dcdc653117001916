// AssemblyScript (WASM SIMD): rows of a PNG. Compiled together with areaResize.as.ts by `npm run wasm`. Memory is laid
// out by the caller; up to 15 bytes past the end of a row may be read and written.

/**
 * Takes the filter off one row (PNG specification, section 9). Pixels of up to four bytes go through one lane of 32
 * bits; what is stored beyond a pixel is overwritten by the next one.
 * @param filter 0 to 4: none, sub, up, average, Paeth
 * @param from address of the filtered bytes
 * @param above address of the row above; zeros for the first row
 * @param to address of the result; must not overlap `from`
 * @param size bytes of the row
 * @param pixel bytes of a pixel, 1 to 4
 */
export function unfilterRow(filter: i32, from: usize, above: usize, to: usize, size: usize, pixel: usize): void {
  const end = from + size;
  if (filter == 0) {
    for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
  } else if (filter == 1) {
    let left = i8x16.splat(0);
    for (; from < end; from += pixel, to += pixel) {
      left = i8x16.add(left, v128.load32_zero(from));
      v128.store32_lane(to, left, 0);
    }
  } else if (filter == 2) {
    for (; from < end; from += 16, above += 16, to += 16) {
      v128.store(to, i8x16.add(v128.load(from), v128.load(above)));
    }
  } else if (filter == 3) {
    const one = i8x16.splat(1);
    let left = i8x16.splat(0);
    for (; from < end; from += pixel, above += pixel, to += pixel) {
      const up = v128.load32_zero(above);
      // The instruction rounds up, PNG down.
      const mean = i8x16.sub(i8x16.avgr_u(left, up), v128.and(v128.xor(left, up), one));
      left = i8x16.add(mean, v128.load32_zero(from));
      v128.store32_lane(to, left, 0);
    }
  } else {
    const byte = i16x8.splat(255);
    let a = i16x8.splat(0);
    let c = i16x8.splat(0);
    for (; from < end; from += pixel, above += pixel, to += pixel) {
      const b = i16x8.extend_low_i8x16_u(v128.load32_zero(above));
      const towardsA = i16x8.sub(b, c);
      const towardsB = i16x8.sub(a, c);
      const pa = i16x8.abs(towardsA);
      const pb = i16x8.abs(towardsB);
      const pc = i16x8.abs(i16x8.add(towardsA, towardsB));
      const least = i16x8.min_s(pc, i16x8.min_s(pa, pb));
      const other = v128.bitselect(b, c, i16x8.eq(least, pb));
      const predicted = v128.bitselect(a, other, i16x8.eq(least, pa));
      a = v128.and(i16x8.add(predicted, i16x8.extend_low_i8x16_u(v128.load32_zero(from))), byte);
      c = b;
      v128.store32_lane(to, i8x16.narrow_i16x8_u(a, a), 0);
    }
  }
}

/** Copies a row of pixels without their last byte, which is alpha: four bytes become three, or two become one. */
export function dropAlpha(from: usize, to: usize, size: usize, pixel: usize): void {
  const end = from + size;
  for (; from < end; from += pixel, to += pixel - 1) store<u32>(to, load<u32>(from));
}
