// AssemblyScript: coefficients of VP8 (RFC 6386, sections 7 and 13). Compiled into one module with the other vp8*.as.ts by
// `npm run wasm`. Memory is laid out by vp8Frame.ts, see vp8State.as.ts.

import {
  ABOVE_FLAGS, CATEGORIES, CHANCES, COEFFICIENTS, COUNTS, KIND, LEFT_COEFFICIENTS, LEFT_FLAGS, ODD, VALUE_TREE, ZIGZAG,
} from "./vp8State.as";

/** Where a range is parted, times 2^24: its zeros in front are the shift that makes the lower part a range again. */
// @ts-ignore: decorator
@inline
function parted(range: u32, chance: usize): u32 {
  const scaled = <u32>load<u8>(chance) << 16;
  return range * scaled + (0x1000000 - scaled);
}

/** What the value is compared with. */
// @ts-ignore: decorator
@inline
function bound(part: u32): u64 {
  return <u64>(part >> 24) << 56;
}

/**
 * Reads the coefficients of a macroblock and multiplies them with their quantisers.
 * @param reader of its partition
 * @param above flags of the macroblock above
 * @param quantisers of its segment
 * @param hasDc whether a block of luma's DC values goes first
 */
export function readCoefficients(reader: usize, above: usize, quantisers: usize, hasDc: bool): void {
  let value = load<u64>(reader);
  let count = load<i32>(reader, 8);
  let range = load<u32>(reader, 12);
  let at = load<usize>(reader, 16);
  // Luma without its DC values, DC values, chroma, luma.
  let chances = CHANCES + (hasDc ? KIND : 3 * KIND);
  let quantiser = hasDc ? quantisers + 4 : quantisers;
  for (let block: usize = hasDc ? 0 : 1; block < 25; block++) {
    if (block == 1 && hasDc) {
      chances = CHANCES;
      quantiser = quantisers;
    } else if (block == 17) {
      chances = CHANCES + 2 * KIND;
      quantiser = quantisers + 8;
    }
    let n = <i32>(chances == CHANCES);
    let context = chances + n * 48 + ((<usize>load<u8>(above + load<u8>(block, ABOVE_FLAGS)) + load<u8>(load<u8>(block, LEFT_FLAGS), LEFT_COEFFICIENTS)) << 4);
    const to = COEFFICIENTS + (block << 5);
    while (n < 16) {
      if (count < 32) {
        value |= load<u64>(at - 8) >> count;
        at -= <usize>((63 - count) >> 3);
        count |= 56;
      }
      // Is this the end?
      let part = parted(range, context);
      if (value < bound(part)) {
        const shift = clz(part);
        range = (part >> 24) << shift; value <<= shift; count -= shift;
        break;
      }
      value -= bound(part);
      range -= part >> 24;
      const shift = clz(range) - 24;
      range <<= shift; value <<= shift; count -= shift;
      // Zeros.
      part = parted(range, context + 1);
      while (value < bound(part)) {
        const shift = clz(part);
        range = (part >> 24) << shift; value <<= shift; count -= shift;
        n++;
        if (n == 16) break;
        context = chances + n * 48;
        if (count < 32) {
          value |= load<u64>(at - 8) >> count;
          at -= <usize>((63 - count) >> 3);
          count |= 56;
        }
        part = parted(range, context + 1);
      }
      if (n == 16) break;
      value -= bound(part);
      range -= part >> 24;
      const shift1 = clz(range) - 24;
      range <<= shift1; value <<= shift1; count -= shift1;
      let level: i32 = 1;
      // One?
      part = parted(range, context + 2);
      let nextContext: usize = 16;
      if (value < bound(part)) {
        const shift = clz(part);
        range = (part >> 24) << shift; value <<= shift; count -= shift;
      } else {
        value -= bound(part);
        range -= part >> 24;
        const shift = clz(range) - 24;
        range <<= shift; value <<= shift; count -= shift;
        nextContext = 32;
        let node: usize = 3;
        do {
          if (count < 32) {
            value |= load<u64>(at - 8) >> count;
            at -= <usize>((63 - count) >> 3);
            count |= 56;
          }
          part = parted(range, context + node);
          if (value < bound(part)) {
            const shift = clz(part);
            range = (part >> 24) << shift; value <<= shift; count -= shift;
            node = <usize>load<u8>(node << 1, VALUE_TREE);
          } else {
            value -= bound(part);
            range -= part >> 24;
            const shift = clz(range) - 24;
            range <<= shift; value <<= shift; count -= shift;
            node = <usize>load<u8>(node << 1, VALUE_TREE + 1);
          }
        } while (node < 16);
        const category = CATEGORIES + ((node - 16) << 4);
        level = <i32>load<u16>(category);
        let extra: i32 = 0;
        let chance = category + 3;
        const end = chance + load<u8>(category, 2);
        for (; chance < end; chance++) {
          if (count < 32) {
            value |= load<u64>(at - 8) >> count;
            at -= <usize>((63 - count) >> 3);
            count |= 56;
          }
          part = parted(range, chance);
          const mask = -<i32>(value >= bound(part));
          value -= bound(part) & <u64><i64>mask;
          part >>= 24;
          range = part + ((range - part - part) & mask);
          extra = extra + extra - mask;
          const shift = clz(range) - 24;
          range <<= shift; value <<= shift; count -= shift;
        }
        level += extra;
        if (level >= 67 && level * <i32>load<u16>(n > 0 ? quantiser + 2 : quantiser) > 32767) store<i32>(ODD, 1);
      }
      // Its sign: a half, so that the range shifts by one whatever comes.
      const half = <u64>((range + 1) >> 1) << 56;
      const mask = -<i32>(value >= half);
      value = (value - (half & <u64><i64>mask)) << 1;
      range += (range & 1) - ((range & 1 & mask) << 1);
      count--;
      level = (level ^ mask) - mask;
      store<i16>(to + load<u8>(<usize>n, ZIGZAG), <i16>(level * <i32>load<u16>(n > 0 ? quantiser + 2 : quantiser)));
      n++;
      context = chances + n * 48 + nextContext;
    }
    store<u8>(block, <u8>n, COUNTS);
    const flag = <u8>(n > <i32>(chances == CHANCES));
    store<u8>(above + load<u8>(block, ABOVE_FLAGS), flag);
    store<u8>(LEFT_COEFFICIENTS + load<u8>(block, LEFT_FLAGS), flag);
  }
  store<u64>(reader, value);
  store<i32>(reader, count, 8);
  store<u32>(reader, range, 12);
  store<usize>(reader, at, 16);
}
