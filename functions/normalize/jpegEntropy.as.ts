// AssemblyScript: Huffman decoding of baseline JPEG (ITU-T T.81, annex F). Compiled into one module with the other jpeg*.as.ts
// by `npm run wasm`. Memory is laid out by lumaDecoder.ts, see jpegState.as.ts.

import {
  AT, BASE, BITS, BLOCKS, COUNT, DESCRIPTORS, EOB_RUN, FIRST_LONG, INDEX_BITS, LIMITS, MCU, OFFSETS, PREDICTIONS, VALUES,
  ZIGZAG,
} from "./jpegState.as";
import { finishMcu } from "./jpegPixels.as";

/**
 * Copies entropy-coded data without the zeros stuffed after 0xFF, backwards: byte k goes to `end` - 1 - k, so that a
 * little-endian load reads the next bits in order. Stops at a marker. Sets the bit reader to the beginning.
 * @returns bytes read, up to the marker's 0xFF or the end
 */
export function unstuff(from: usize, size: usize, end: usize): usize {
  const stop = from + size;
  const ff = i8x16.splat(-1);
  let at = from;
  let to = end;
  while (at < stop) {
    // Up to the next 0xFF of sixteen bytes; what is written beyond is written again.
    const bytes = v128.load(at);
    v128.store(to - 16, v128.shuffle<u8>(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    const plain = min(<usize>ctz(i8x16.bitmask(i8x16.eq(bytes, ff)) | 0x10000), stop - at);
    at += plain;
    to -= plain;
    if (plain == 16 || at == stop) continue;
    if (at + 1 >= stop || load<u8>(at, 1) != 0) break;
    at += 2;
    store<u8>(--to, 0xff);
  }
  // Zeros follow: a decoder that runs past the end is found out later.
  v128.store(to - 16, i8x16.splat(0));
  store<u64>(BITS, 0);
  store<i32>(COUNT, 0);
  store<usize>(AT, end);
  store<usize>(BASE, to);
  v128.store(PREDICTIONS, i32x4.splat(0));
  store<i32>(EOB_RUN, 0);
  return at - from;
}

/** Bits that are left of what {@link unstuff} copied; negative when more were taken. */
export function bitsLeft(): i32 {
  return ((<i32>load<usize>(AT) - <i32>load<usize>(BASE)) << 3) + load<i32>(COUNT);
}

/**
 * Makes a table that gives, for the next INDEX_BITS bits, what they begin with: value << 16 | zeros before it << 8 | bits
 * taken. Where they do not hold all of it, the entry is FIRST_LONG and `decodeLong` decodes.
 * @param counts 16 bytes: codes of each length; the symbols follow
 * @param isDc symbols are sizes alone
 * @returns whether it is a valid code
 */
export function makeTable(counts: usize, out: usize, isDc: bool): bool {
  const symbols = counts + 16;
  for (let i: usize = 0; i < 4 << INDEX_BITS; i += 16) v128.store(out + i, i32x4.splat(<i32>FIRST_LONG));
  let code = 0;
  let taken = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(counts + length - 1);
    store<i32>(out + (length << 2), taken - code, OFFSETS);
    for (let i = 0; i < count; i++, code++, taken++) {
      // None is all ones.
      if (code + 1 >= 1 << length) return false;
      const symbol = <i32>load<u8>(symbols + taken);
      const size = symbol & 15;
      if (isDc && symbol > 11) return false;
      const bits = length + size;
      if (bits > INDEX_BITS) continue;
      const run = zeros(symbol, isDc);
      const free = INDEX_BITS - bits;
      for (let extra = 0; extra < 1 << size; extra++) {
        const entry = (extended(extra, size) << 16) | (run << 8) | bits;
        const first = <usize>(((code << size) | extra) << free);
        const end = out + ((first + (<usize>1 << free)) << 2);
        let at = out + (first << 2);
        for (; at + 16 <= end; at += 16) v128.store(at, i32x4.splat(entry));
        for (; at < end; at += 4) store<i32>(at, entry);
      }
    }
    // Compared with the next 16 bits: the first that are no code of this length or a shorter one.
    store<i32>(out + (length << 2), code << (16 - length), LIMITS);
    code <<= 1;
  }
  memory.copy(out + VALUES, symbols, 256);
  return true;
}

/** The end of a block counts as 128 zeros, that of 2^n blocks as n more. */
function zeros(symbol: i32, isDc: bool): i32 {
  const run = symbol >> 4;
  return (symbol & 15) == 0 && run < 15 && !isDc ? 128 + run : run;
}

// @ts-ignore: decorator
@inline
function extended(extra: i32, size: i32): i32 {
  return extra < 1 << (size - 1) && size > 0 ? extra - (1 << size) + 1 : extra;
}

/** The symbol that the next bits begin with: its length << 8 | symbol; -1 when there is none. */
function decodeSymbol(bits: u64, table: usize): i32 {
  const next = <i32>(bits >> 48);
  let length = 1;
  while (length <= 16 && next >= load<i32>(table + (length << 2), LIMITS)) length++;
  if (length > 16) return -1;
  const at = (next >> (16 - length)) + load<i32>(table + (length << 2), OFFSETS);
  return (length << 8) | load<u8>(table + at, VALUES);
}

/** An entry as those of {@link makeTable}, for bits that the table does not hold whole; 0 when they are no code. */
export function decodeLong(bits: u64, table: usize, isDc: bool): u64 {
  const symbol = decodeSymbol(bits, table);
  if (symbol < 0) return 0;
  const length = symbol >> 8;
  const size = symbol & 15;
  const extra = size == 0 ? 0 : <i32>((bits << length) >> (64 - size));
  return <u64><u32>((extended(extra, size) << 16) | (zeros(symbol & 255, isDc) << 8) | (length + size));
}

/**
 * Decodes MCUs of a baseline scan and turns each into pixels.
 * @param x column of the first
 * @param y their row
 * @returns false when the data is damaged
 */
export function decodeMcus(x: i32, y: i32, mcus: i32): bool {
  let bits = load<u64>(BITS);
  let count = <u64>load<i32>(COUNT);
  let at = load<usize>(AT);
  const base = load<usize>(BASE);
  const stop = MCU + (<usize>load<i32>(BLOCKS) << 7);
  for (const end = x + mcus; x < end; x++) {
    for (let zero = MCU; zero < stop; zero += 32) {
      v128.store(zero, i32x4.splat(0));
      v128.store(zero, i32x4.splat(0), 16);
    }
    let descriptor = DESCRIPTORS;
    for (let block = MCU; block < stop; block += 128, descriptor += 16) {
      const prediction = load<usize>(descriptor);
      const dc = load<usize>(descriptor, 4);
      const ac = load<usize>(descriptor, 8);
      // Whole bytes until there are at least 56 bits; those of the next byte may already be there, which harms nothing.
      bits |= load<u64>(at - 8) >> count;
      at -= <usize>((63 - count) >> 3);
      count |= 56;
      let entry = next(dc, bits);
      if (entry == FIRST_LONG) {
        entry = decodeLong(bits, dc, true);
        if (entry == 0) return false;
      }
      // The bits taken are the entry's lowest, and a shift heeds no others.
      bits <<= entry;
      count -= entry & 31;
      const value = load<i32>(prediction) + (<i32>entry >> 16);
      store<i32>(prediction, value);
      store<i16>(block, <i16>value);
      let k: i32 = 1;
      while (true) {
        bits |= load<u64>(at - 8) >> count;
        at -= <usize>((63 - count) >> 3);
        count |= 56;
        entry = next(ac, bits);
        if (entry == FIRST_LONG) {
          entry = decodeLong(bits, ac, false);
          if (entry == 0) return false;
        }
        bits <<= entry;
        count -= entry & 31;
        k += (<i32>entry >> 8) & 255;
        store<i16>(block + load<u8>(k, ZIGZAG), <i16>(<i32>entry >> 16));
        if (++k >= 64) break;
        if (count < 44) continue;
        // Four short ones need no more bits.
        entry = next(ac, bits);
        if (entry == FIRST_LONG) continue;
        bits <<= entry;
        count -= entry & 31;
        k += (<i32>entry >> 8) & 255;
        store<i16>(block + load<u8>(k, ZIGZAG), <i16>(<i32>entry >> 16));
        if (++k >= 64) break;
        entry = next(ac, bits);
        if (entry == FIRST_LONG) continue;
        bits <<= entry;
        count -= entry & 31;
        k += (<i32>entry >> 8) & 255;
        store<i16>(block + load<u8>(k, ZIGZAG), <i16>(<i32>entry >> 16));
        if (++k >= 64) break;
        entry = next(ac, bits);
        if (entry == FIRST_LONG) continue;
        bits <<= entry;
        count -= entry & 31;
        k += (<i32>entry >> 8) & 255;
        store<i16>(block + load<u8>(k, ZIGZAG), <i16>(<i32>entry >> 16));
        if (++k >= 64) break;
        entry = next(ac, bits);
        if (entry == FIRST_LONG) continue;
        bits <<= entry;
        count -= entry & 31;
        k += (<i32>entry >> 8) & 255;
        store<i16>(block + load<u8>(k, ZIGZAG), <i16>(<i32>entry >> 16));
        if (++k >= 64) break;
      }
      // Past the block, and not by its end.
      if (k > 64 && k < 128) return false;
    }
    if (at + 8 < base) return false;
    finishMcu(MCU, x, y);
  }
  store<u64>(BITS, bits);
  store<i32>(COUNT, <i32>count);
  store<usize>(AT, at);
  return true;
}

/** The table's entry for the next bits. */
// @ts-ignore: decorator
@inline
export function next(table: usize, bits: u64): u64 {
  return <u64>load<u32>(table + (<usize>(bits >> (64 - INDEX_BITS)) << 2));
}
