// AssemblyScript (WASM SIMD): the checksum of zlib's format.

/** Adler-32 (RFC 1950, 8) of further bytes. */
export function adler32(value: u32, from: usize, size: usize): u32 {
  let a = value & 0xffff;
  let b = value >> 16;
  const weightsLow = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const weightsHigh = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  const end = from + size;
  while (from + 16 <= end) {
    // So many bytes fit into 32 bits before the remainder is taken.
    const blocks = min(<i32>((end - from) >> 4), 256);
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (let i = 0; i < blocks; i++, from += 16) {
      const bytes = v128.load(from);
      before = i32x4.add(before, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), weightsLow));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), weightsHigh));
    }
    b = (b + <u32>(blocks << 4) * a + 16 * total(before) + total(weighted)) % 65_521;
    a = (a + total(sums)) % 65_521;
  }
  for (; from < end; from++) {
    a += load<u8>(from);
    b += a;
  }
  return ((b % 65_521) << 16) | (a % 65_521);
}

// @ts-ignore: decorator
@inline
function total(lanes: v128): u32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}
