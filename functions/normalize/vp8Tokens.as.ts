// AssemblyScript: coefficients of VP8 (RFC 6386, sections 7 and 13). Compiled into one module with the other vp8*.as.ts by
// `npm run wasm`. Memory is laid out by vp8Frame.ts, see vp8State.as.ts.

import {
  ABOVE_FLAGS, CATEGORIES, CHANCES, COEFFICIENTS, CONTEXT, COUNTS, KIND, LEFT_COEFFICIENTS, LEFT_FLAGS, ODD,
  QUANTISERS_CHROMA, QUANTISERS_DC, VALUE_TREE,
} from "./vp8State.as";

/** The value with 32 more bits, when its lower half is empty: they take the place of the mark, which goes behind them. */
// @ts-ignore: decorator
@inline
export function refilled(value: u64, at: usize): u64 {
  const mark = ctz(value);
  return value - (<u64>1 << mark) + ((((<u64>load<u32>(at - 4)) << 1) | 1) << (mark - 32));
}

/** The lower part of a range, which a bool of 0 leaves. */
// @ts-ignore: decorator
@inline
function lower(range: u64, chance: usize): u64 {
  return 1 + (((range - 1) * <u64>load<u8>(chance)) >> 8);
}

/** What the value is compared with. */
// @ts-ignore: decorator
@inline
function bound(part: u64): u64 {
  return part << 55;
}

/**
 * Reads the coefficients of a macroblock.
 * @param reader of its partition
 * @param above flags of the macroblock above
 * @param segment that it is of
 * @param hasDc whether a block of luma's DC values goes first
 */
export function readCoefficients(reader: usize, above: usize, segment: usize, hasDc: bool): void {
  let value = load<u64>(reader);
  let range: u64 = <u64>load<u32>(reader, 12);
  let at = load<usize>(reader, 16);
  // Luma without its DC values, DC values, chroma, luma.
  let chances = CHANCES + (hasDc ? KIND : 3 * KIND);
  for (let block: usize = hasDc ? 0 : 1; block < 25; block++) {
    if (block == 1 && hasDc) chances = CHANCES + 16;
    else if (block == 17) chances = CHANCES + 2 * KIND;
    // Where the next coefficient's chances are in the first context.
    let place = chances;
    const aboveFlag = <usize>load<u8>(above + load<u8>(block, ABOVE_FLAGS));
    let context = place + CONTEXT * (aboveFlag + load<u8>(load<u8>(block, LEFT_FLAGS), LEFT_COEFFICIENTS));
    const to = COEFFICIENTS + (block << 5);
    do {
      if (<u32>value == 0) {
        value = refilled(value, at);
        at -= 4;
      }
      // Is this the end?
      let part = lower(range, context);
      if (value < bound(part)) {
        const shift = clz(part) - 56; range = part << shift; value <<= shift;
        break;
      }
      value -= bound(part);
      range -= part;
      let shift = clz(range) - 56; range <<= shift; value <<= shift;
      // Zeros.
      part = lower(range, context + 1);
      while (value < bound(part)) {
        shift = clz(part) - 56; range = part << shift; value <<= shift;
        place += 16;
        context = place;
        if (place & 256) break;
        if (<u32>value == 0) {
          value = refilled(value, at);
          at -= 4;
        }
        part = lower(range, place + 1);
      }
      if (place & 256) break;
      value -= bound(part);
      range -= part;
      shift = clz(range) - 56; range <<= shift; value <<= shift;
      let level: i32 = 1;
      // One?
      part = lower(range, context + 2);
      let next = CONTEXT + 16;
      if (value < bound(part)) {
        shift = clz(part) - 56; range = part << shift; value <<= shift;
      } else {
        value -= bound(part);
        range -= part;
        shift = clz(range) - 56; range <<= shift; value <<= shift;
        next = 2 * CONTEXT + 16;
        if (<u32>value == 0) {
          value = refilled(value, at);
          at -= 4;
        }
        part = lower(range, context + 3);
        if (value < bound(part)) {
          // Two, three or four?
          shift = clz(part) - 56; range = part << shift; value <<= shift;
          part = lower(range, context + 4);
          if (value < bound(part)) {
            shift = clz(part) - 56; range = part << shift; value <<= shift;
            level = 2;
          } else {
            value -= bound(part);
            range -= part;
            shift = clz(range) - 56; range <<= shift; value <<= shift;
            part = lower(range, context + 5);
            const mask: i64 = -<i64>(value >= bound(part));
            value -= bound(part) & <u64>mask;
            range = part + ((range - part - part) & <u64>mask);
            shift = clz(range) - 56; range <<= shift; value <<= shift;
            level = 3 - <i32>mask;
          }
        } else {
          value -= bound(part);
          range -= part;
          shift = clz(range) - 56; range <<= shift; value <<= shift;
          let node: usize = 6;
          do {
            if (<u32>value == 0) {
              value = refilled(value, at);
              at -= 4;
            }
            part = lower(range, context + node);
            if (value < bound(part)) {
              shift = clz(part) - 56; range = part << shift; value <<= shift;
              node = <usize>load<u8>(node << 1, VALUE_TREE);
            } else {
              value -= bound(part);
              range -= part;
              shift = clz(range) - 56; range <<= shift; value <<= shift;
              node = <usize>load<u8>(node << 1, VALUE_TREE + 1);
            }
          } while (node < 16);
          const category = CATEGORIES + ((node - 16) << 4);
          level = <i32>load<u16>(category);
          let extra: i32 = 0;
          let chance = category + 3;
          const end = chance + load<u8>(category, 2);
          for (; chance < end; chance++) {
            if (<u32>value == 0) {
              value = refilled(value, at);
              at -= 4;
            }
            part = lower(range, chance);
            const mask: i64 = -<i64>(value >= bound(part));
            value -= bound(part) & <u64>mask;
            range = part + ((range - part - part) & <u64>mask);
            extra = extra + extra - <i32>mask;
            shift = clz(range) - 56; range <<= shift; value <<= shift;
          }
          level += extra;
          // Of luma, of luma's DC values or of chroma.
          const quantiser = segment + (block == 0 ? QUANTISERS_DC : block < 17 ? 0 : QUANTISERS_CHROMA);
          const most = max(<i32>load<u16>(quantiser), <i32>load<u16>(quantiser, 2));
          if (level >= 67 && level * most > 32767) store<i32>(ODD, 1);
        }
      }
      // Its sign: a half, so that the range shifts by one whatever comes.
      const half = ((range + 1) >> 1) << 55;
      const rest = <i64>(value - half);
      const isPositive = rest >> 63;
      value = (<u64>rest + (half & <u64>isPositive)) << 1;
      range = (range & ~1) + ((range & 1 & <u64>isPositive) << 1);
      const sign = ~<i32>isPositive;
      level = (level ^ sign) - sign;
      store<i16>(to + load<u8>(place, 11), <i16>level);
      context = place + next;
      place += 16;
    } while ((place & 256) == 0);
    const n = (place & 511) >> 4;
    store<u8>(block, <u8>n, COUNTS);
    const flag = <u8>(place != chances);
    store<u8>(above + load<u8>(block, ABOVE_FLAGS), flag);
    store<u8>(LEFT_COEFFICIENTS + load<u8>(block, LEFT_FLAGS), flag);
  }
  store<u64>(reader, value);
  store<u32>(reader, <u32>range, 12);
  store<usize>(reader, at, 16);
}
