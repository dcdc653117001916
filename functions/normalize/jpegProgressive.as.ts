// AssemblyScript: scans of progressive JPEG (ITU-T T.81, annex G). Coefficients lie MCU by MCU; beside them, for each block,
// 64 bits that tell which of its coefficients, in zigzag order, are not zero.

import { decodeLong } from "./jpegEntropy.as";
import {
  ACROSS, AT, BASE, BITS, BLOCKS, COEFFICIENTS, COUNT, DESCRIPTORS, EOB_RUN, FIRST_LONG, INDEX_BITS, MASKS, ZIGZAG,
} from "./jpegState.as";
import { finishMcu } from "./jpegPixels.as";

/** Turns MCUs of a row into pixels, once all scans are read. */
export function finishMcus(y: i32): void {
  const across = load<i32>(ACROSS);
  const size = <usize>load<i32>(BLOCKS) << 7;
  let blocks = load<usize>(COEFFICIENTS) + <usize>(y * across) * size;
  for (let x: i32 = 0; x < across; x++, blocks += size) finishMcu(blocks, x, y);
}

/** Address of a component's block. `first` is the component's first block in an MCU. */
// @ts-ignore: decorator
@inline
function blockAt(x: i32, y: i32, across: i32, down: i32, first: i32): usize {
  // Both are powers of two.
  const mcu = (y >> ctz(down)) * load<i32>(ACROSS) + (x >> ctz(across));
  const block = mcu * load<i32>(BLOCKS) + first + (y & (down - 1)) * across + (x & (across - 1));
  return load<usize>(COEFFICIENTS) + (<usize>block << 7);
}

/**
 * DC of whole MCUs: the first scan or, with `isMore`, one bit more.
 * @param count blocks of an MCU in this scan; their descriptors name the block in the fourth word
 */
export function dcMcus(x: i32, y: i32, mcus: i32, count: i32, low: i32, isMore: bool): bool {
  const size = <usize>load<i32>(BLOCKS) << 7;
  let mcu = load<usize>(COEFFICIENTS) + <usize>(y * load<i32>(ACROSS) + x) * size;
  for (; mcus > 0; mcus--, mcu += size) {
    for (let i: i32 = 0; i < count; i++) {
      const descriptor = DESCRIPTORS + (<usize>i << 4);
      if (!dcBlock(mcu + (load<usize>(descriptor, 12) << 7), descriptor, low, isMore)) return false;
    }
  }
  return true;
}

/** DC of one component's blocks in a scan of its own. */
export function dcBlocks(
  x: i32, y: i32, blocks: i32, across: i32, down: i32, first: i32, low: i32, isMore: bool,
): bool {
  for (const end = x + blocks; x < end; x++) {
    if (!dcBlock(blockAt(x, y, across, down, first), DESCRIPTORS, low, isMore)) return false;
  }
  return true;
}

function dcBlock(block: usize, descriptor: usize, low: i32, isMore: bool): bool {
  let bits = load<u64>(BITS);
  let count = load<i32>(COUNT);
  if (count < 32) {
    const at = load<usize>(AT) - 4;
    if (at + 8 < load<usize>(BASE)) return false;
    bits |= <u64>load<u32>(at) << (32 - count);
    count += 32;
    store<usize>(AT, at);
  }
  let taken = 1;
  if (isMore) {
    if (<i64>bits < 0) store<i16>(block, <i16>(<i32>load<i16>(block) | (1 << low)));
  } else {
    const table = load<usize>(descriptor, 4);
    let entry = <u64>load<u32>(table + (<usize>(bits >> (64 - INDEX_BITS)) << 2));
    if (entry == FIRST_LONG) {
      entry = decodeLong(bits, table, true);
      if (entry == 0) return false;
    }
    taken = <i32>entry & 31;
    const prediction = load<usize>(descriptor);
    const value = load<i32>(prediction) + (<i32>entry >> 16);
    store<i32>(prediction, value);
    store<i16>(block, <i16>(value << low));
  }
  store<u64>(BITS, bits << taken);
  store<i32>(COUNT, count - taken);
  return true;
}

/** First scan of AC coefficients `k` to `last` of a component's blocks. */
export function acBlocks(
  x: i32, y: i32, blocks: i32, across: i32, down: i32, first: i32, begin: i32, last: i32, low: i32,
): bool {
  let bits = load<u64>(BITS);
  let count = load<i32>(COUNT);
  let at = load<usize>(AT);
  const base = load<usize>(BASE);
  const ac = load<usize>(DESCRIPTORS, 8);
  const coefficients = load<usize>(COEFFICIENTS);
  const masks = load<usize>(MASKS);
  let empty = load<i32>(EOB_RUN);
  for (const end = x + blocks; x < end; x++) {
    if (empty > 0) {
      const skipped = min(empty, end - x);
      empty -= skipped;
      x += skipped - 1;
      continue;
    }
    if (at + 8 < base) return false;
    const block = blockAt(x, y, across, down, first);
    const maskAt = masks + ((block - coefficients) >> 4);
    let mask = load<u64>(maskAt);
    let k = begin;
    do {
      if (count < 32) {
        at -= 4;
        bits |= <u64>load<u32>(at) << (32 - count);
        count += 32;
      }
      let entry = <u64>load<u32>(ac + (<usize>(bits >> (64 - INDEX_BITS)) << 2));
      if (entry == FIRST_LONG) {
        entry = decodeLong(bits, ac, false);
        if (entry == 0) return false;
      }
      bits <<= entry;
      count -= <i32>entry & 31;
      const run = (<i32>entry >> 8) & 255;
      k += run;
      if (k > last) {
        if (run < 128) return false;
        // This block and, of 2^n, as many more as n bits say.
        const more = run - 128;
        empty = (1 << more) - 1 + <i32>((bits >> 1) >> (63 - more));
        bits <<= more;
        count -= more;
        break;
      }
      // What overflows may be zero, for libjpeg, too.
      const value = <i16>((<i32>entry >> 16) << low);
      store<i16>(block + load<u8>(k, ZIGZAG), value);
      mask |= <u64>(value != 0) << k;
      k++;
    } while (k <= last);
    store<u64>(maskAt, mask);
  }
  store<i32>(EOB_RUN, empty);
  store<u64>(BITS, bits);
  store<i32>(COUNT, count);
  store<usize>(AT, at);
  return true;
}

/** One bit more of AC coefficients `k` to `last` of a component's blocks. */
export function acBlocksMore(
  x: i32, y: i32, blocks: i32, across: i32, down: i32, first: i32, begin: i32, last: i32, low: i32,
): bool {
  let bits = load<u64>(BITS);
  let count = load<i32>(COUNT);
  let at = load<usize>(AT);
  const base = load<usize>(BASE);
  const ac = load<usize>(DESCRIPTORS, 8);
  const coefficients = load<usize>(COEFFICIENTS);
  const masks = load<usize>(MASKS);
  let empty = load<i32>(EOB_RUN);
  const one = 1 << low;
  const upTo = below(last + 1);
  for (const end = x + blocks; x < end; x++) {
    if (at + 8 < base) return false;
    const block = blockAt(x, y, across, down, first);
    const maskAt = masks + ((block - coefficients) >> 4);
    const mask = load<u64>(maskAt);
    let added: u64 = 0;
    // Of the coefficients that are not zero, in their order: one bit more of each, and how many are read.
    let corrections: u64 = 0;
    let corrected: i32 = 0;
    let k = begin;
    while (empty == 0 && k <= last) {
      if (count < 32) {
        at -= 4;
        bits |= <u64>load<u32>(at) << (32 - count);
        count += 32;
      }
      let entry = <u64>load<u32>(ac + (<usize>(bits >> (64 - INDEX_BITS)) << 2));
      if (entry == FIRST_LONG) {
        entry = decodeLong(bits, ac, false);
        if (entry == 0) return false;
      }
      bits <<= entry;
      count -= <i32>entry & 31;
      let run = (<i32>entry >> 8) & 255;
      if (run >= 128) {
        const blocksMore = run - 128;
        empty = (1 << blocksMore) + <i32>((bits >> 1) >> (63 - blocksMore));
        bits <<= blocksMore;
        count -= blocksMore;
        break;
      }
      const value = <i32>entry >> 16;
      if (value > 1 || value < -1) return false;
      // Runs are short: without branches up to three.
      let zeros = (~mask & upTo) >> k << k;
      zeros = select<u64>(zeros & (zeros - 1), zeros, run > 0);
      zeros = select<u64>(zeros & (zeros - 1), zeros, run > 1);
      zeros = select<u64>(zeros & (zeros - 1), zeros, run > 2);
      for (; run > 3; run--) zeros &= zeros - 1;
      if (zeros == 0 && value != 0) return false;
      const to = zeros == 0 ? last + 1 : <i32>ctz(zeros);
      const skipped = <i32>popcnt((mask & below(to)) >> k);
      if (skipped > count) {
        // At most 63 bits: by halves.
        const half = min(skipped, 32);
        if (half > count) {
          at -= 4;
          bits |= <u64>load<u32>(at) << (32 - count);
          count += 32;
        }
        corrections = (corrections << half) | ((bits >> 1) >> (63 - half));
        bits <<= half;
        count -= half;
        corrected += half;
        const rest = skipped - half;
        if (rest > count) {
          at -= 4;
          bits |= <u64>load<u32>(at) << (32 - count);
          count += 32;
        }
        corrections = (corrections << rest) | ((bits >> 1) >> (63 - rest));
        bits <<= rest;
        count -= rest;
        corrected += rest;
      } else {
        corrections = (corrections << skipped) | ((bits >> 1) >> (63 - skipped));
        bits <<= skipped;
        count -= skipped;
        corrected += skipped;
      }
      if (value != 0) {
        store<i16>(block + load<u8>(to, ZIGZAG), <i16>(value << low));
        added |= <u64>1 << to;
      }
      k = to + 1;
    }
    let left = (mask & upTo) >> begin << begin;
    if (empty > 0) {
      empty--;
      for (let rest = <i32>popcnt(left) - corrected; rest > 0; ) {
        if (count < 32) {
          at -= 4;
          bits |= <u64>load<u32>(at) << (32 - count);
          count += 32;
        }
        const part = min(rest, 32);
        corrections = (corrections << part) | (bits >> (64 - part));
        bits <<= part;
        count -= part;
        corrected += part;
        rest -= part;
      }
    }
    if (corrections != 0) {
      for (corrections <<= 64 - corrected; left != 0; left &= left - 1, corrections <<= 1) {
        more(block + load<u8>(<usize>ctz(left), ZIGZAG), one, corrections);
      }
    }
    store<u64>(maskAt, mask | added);
  }
  store<i32>(EOB_RUN, empty);
  store<u64>(BITS, bits);
  store<i32>(COUNT, count);
  store<usize>(AT, at);
  return true;
}

/** Adds the first bit to a coefficient that is not zero, away from zero. Which it is cannot be foreseen, so nothing branches. */
// @ts-ignore: decorator
@inline
function more(at: usize, one: i32, bits: u64): void {
  const value = <i32>load<i16>(at);
  const sign = value >> 31;
  store<i16>(at, <i16>(value + (((one ^ sign) - sign) & -(<i32>(bits >> 63)))));
}

/** As many bits as there are coefficients before one. */
// @ts-ignore: decorator
@inline
function below(k: i32): u64 {
  return k > 63 ? <u64>-1 : (<u64>1 << k) - 1;
}
