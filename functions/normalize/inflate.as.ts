// AssemblyScript: inflates zlib's format (RFC 1950, 1951) piece by piece. Compiled into one module with the other *.as.ts by
// `npm run wasm`. Memory is laid out by pngInflater.ts: `s` is the address of STATE_BYTES; 16 zeros follow the source, and
// 512 bytes may be written past what is asked for.

import {
  distanceEntry, END_OF_BLOCK, lengthEntry, LONG, makeCodes, OF_DISTANCES, OF_LENGTHS, OF_LITERALS,
} from "./inflateCodes.as";

/** Bit reader: 64 bits, the next ones lowest; how many are valid; address of the next; end of the source. */
const BITS: usize = 0;
const COUNT: usize = 8;
const AT: usize = 12;
const END: usize = 16;
/** Where the next byte goes, and the first one that a match may repeat. */
const OUT: usize = 20;
const START: usize = 24;
/** What comes next; whether the block is the last; bytes left of a stored one. */
const MODE: usize = 28;
const IS_LAST: usize = 32;
const STORED: usize = 36;
/** Whether the tables are those of the fixed codes, and how often tables were made since the caller asked. */
const IS_FIXED: usize = 40;
const MADE: usize = 44;

const HEADER = 0;
const COPY = 1;
const CODES = 2;
const DONE = 3;

/** Lengths of all codes, and the tables. */
const LENGTHS: usize = 64;
const LITERALS: usize = 512;
const DISTANCES: usize = LITERALS + 5120;

/**
 * Tables that are made for one call at most, which asks for 64 KiB or more. Encoders' blocks are of 5,000 bytes and more;
 * a block of twelve bytes that says nothing would take as long.
 */
const MOST_TABLES = 64;

/** Bits that index the tables of literals and lengths, and of distances. */
const LITERAL_BITS: u64 = 10;
const DISTANCE_BITS: u64 = 9;

/** Order of the lengths of the code of lengths (RFC 1951, 3.2.7), five bits each: the first twelve, and the others. */
const ORDER: u64 = 0x22caa324e804a30;
const ORDER_MORE: u64 = 0x3c2e1346c;

/**
 * Inflates until `limit` is reached or a little passed, or the data ends.
 * @returns 0 when the data is damaged or its blocks are too small, 1 when there is more, 2 at the end
 */
export function inflate(s: usize, limit: usize): i32 {
  store<i32>(s, 0, MADE);
  while (load<usize>(s, OUT) < limit) {
    const mode = load<i32>(s, MODE);
    if (mode == DONE) return 2;
    if (mode == HEADER ? !header(s) : mode == COPY ? !stored(s, limit) : !codes(s, limit)) return 0;
  }
  return load<i32>(s, MODE) == DONE ? 2 : 1;
}

/** Address of the first byte that was not read. */
export function sourceAt(s: usize): usize {
  return load<usize>(s, AT) - <usize>(load<i32>(s, COUNT) >> 3);
}

/** Takes up to 16 bits. */
function take(s: usize, size: u64): i32 {
  let count = load<i32>(s, COUNT);
  let bits = load<u64>(s, BITS);
  if (count < 16) {
    const at = load<usize>(s, AT);
    bits |= <u64>load<u32>(at) << count;
    store<usize>(s, at + 4, AT);
    count += 32;
  }
  store<u64>(s, bits >> size, BITS);
  store<i32>(s, count - <i32>size, COUNT);
  return <i32>bits & ((1 << <i32>size) - 1);
}

function header(s: usize): bool {
  if (load<usize>(s, AT) > load<usize>(s, END) + 8) return false;
  store<i32>(s, take(s, 1), IS_LAST);
  const kind = take(s, 2);
  if (kind == 0) {
    const at = sourceAt(s);
    const size = <usize>load<u16>(at);
    if (at + 4 + size > load<usize>(s, END) || <i32>size != (<i32>load<u16>(at, 2) ^ 0xffff)) return false;
    store<u64>(s, 0, BITS);
    store<i32>(s, 0, COUNT);
    store<usize>(s, at + 4, AT);
    store<usize>(s, size, STORED);
    store<i32>(s, COPY, MODE);
    return true;
  }
  const lengths = s + LENGTHS;
  if (kind == 1) {
    store<i32>(s, CODES, MODE);
    if (load<i32>(s, IS_FIXED)) return true;
    memory.fill(lengths, 8, 144);
    memory.fill(lengths + 144, 9, 112);
    memory.fill(lengths + 256, 7, 24);
    memory.fill(lengths + 280, 8, 8);
    memory.fill(lengths + 288, 5, 32);
    store<i32>(s, 1, IS_FIXED);
    return makeTables(s, 288, 32);
  }
  if (kind == 3) return false;
  const literals = take(s, 5) + 257;
  const distances = take(s, 5) + 1;
  const given = take(s, 4) + 4;
  if (literals > 286 || distances > 30) return false;
  store<i32>(s, 0, IS_FIXED);
  memory.fill(lengths, 0, 19);
  for (let i = 0; i < given; i++) store<u8>(lengths + orderOf(i), take(s, 3));
  if (!makeCodes(lengths, 19, 7, s + LITERALS, OF_LENGTHS)) return false;
  for (let i = 0; i < literals + distances; ) {
    if (load<usize>(s, AT) > load<usize>(s, END) + 8) return false;
    // Room for the longest code and its bits before the entry is looked up.
    take(s, 0);
    const entry = load<u32>(s + LITERALS + (<usize>(load<u64>(s, BITS) & 127) << 2));
    take(s, entry & 31);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lengths + i++, symbol);
      continue;
    }
    if (symbol == 16 && i == 0) return false;
    const value: u8 = symbol == 16 ? load<u8>(lengths + i - 1) : 0;
    const times = symbol == 16 ? 3 + take(s, 2) : symbol == 17 ? 3 + take(s, 3) : 11 + take(s, 7);
    if (i + times > literals + distances) return false;
    memory.fill(lengths + i, value, times);
    i += times;
  }
  store<i32>(s, CODES, MODE);
  return load<u8>(lengths, 256) != 0 && makeTables(s, literals, distances);
}

function orderOf(i: i32): usize {
  return <usize>((i < 12 ? ORDER >> (5 * i) : ORDER_MORE >> (5 * i - 60)) & 31);
}

function makeTables(s: usize, literals: i32, distances: i32): bool {
  const made = load<i32>(s, MADE) + 1;
  store<i32>(s, made, MADE);
  return (
    made <= MOST_TABLES &&
    makeCodes(s + LENGTHS, literals, <i32>LITERAL_BITS, s + LITERALS, OF_LITERALS) &&
    makeCodes(s + LENGTHS + literals, distances, <i32>DISTANCE_BITS, s + DISTANCES, OF_DISTANCES)
  );
}

function stored(s: usize, limit: usize): bool {
  const out = load<usize>(s, OUT);
  const left = load<usize>(s, STORED);
  const part = min(left, limit - out);
  const at = load<usize>(s, AT);
  memory.copy(out, at, part);
  store<usize>(s, at + part, AT);
  store<usize>(s, out + part, OUT);
  store<usize>(s, left - part, STORED);
  if (part == left) store<i32>(s, load<i32>(s, IS_LAST) ? DONE : HEADER, MODE);
  return true;
}

/** A symbol whose code the table does not hold: code length << 16 | symbol; -1 when there is none. */
function longSymbol(bits: u64, table: usize, indexBits: i32): i32 {
  const counts = table + (<usize>4 << indexBits);
  let symbols = counts + 32;
  let code = 0;
  let first = 0;
  for (let length: i32 = 1; length <= 15; length++) {
    code |= <i32>bits & 1;
    bits >>= 1;
    const count = <i32>load<u16>(counts + (length << 1));
    if (code - first < count) return (length << 16) | load<u16>(symbols + ((code - first) << 1));
    symbols += count << 1;
    first = (first + count) << 1;
    code <<= 1;
  }
  return -1;
}

// @ts-ignore: decorator
@inline
function lookUp(table: usize, bits: u64, indexBits: u64): u64 {
  return <u64>load<u32>(table + (<usize>(bits & ((1 << indexBits) - 1)) << 2));
}

/** Literals and matches, until the block or the room ends. An entry's lowest six bits are what a shift heeds. */
function codes(s: usize, limit: usize): bool {
  let bits = load<u64>(s, BITS);
  let count = <u64>load<i32>(s, COUNT);
  let at = load<usize>(s, AT);
  let out = load<usize>(s, OUT);
  const stop = load<usize>(s, END) + 8;
  const start = load<usize>(s, START);
  const literals = s + LITERALS;
  let isGood = true;
  while (out < limit) {
    if (at > stop) {
      isGood = false;
      break;
    }
    bits |= load<u64>(at) << count;
    at += <usize>((63 - count) >> 3);
    count |= 56;
    let entry = lookUp(literals, bits, LITERAL_BITS);
    if (entry & 0xc0) {
      // Up to three literals each; five entries need no more than fifty bits.
      store<u32>(out, <u32>(entry >> 8));
      out += <usize>((entry >> 6) & 3);
      bits >>= entry;
      count -= entry & 31;
      entry = lookUp(literals, bits, LITERAL_BITS);
      if (entry & 0xc0) {
        store<u32>(out, <u32>(entry >> 8));
        out += <usize>((entry >> 6) & 3);
        bits >>= entry;
        count -= entry & 31;
        entry = lookUp(literals, bits, LITERAL_BITS);
        if (entry & 0xc0) {
          store<u32>(out, <u32>(entry >> 8));
          out += <usize>((entry >> 6) & 3);
          bits >>= entry;
          count -= entry & 31;
          entry = lookUp(literals, bits, LITERAL_BITS);
          if (entry & 0xc0) {
            store<u32>(out, <u32>(entry >> 8));
            out += <usize>((entry >> 6) & 3);
            bits >>= entry;
            count -= entry & 31;
            continue;
          }
        }
      }
      bits |= load<u64>(at) << count;
      at += <usize>((63 - count) >> 3);
      count |= 56;
    }
    if (entry & LONG) {
      const symbol = longSymbol(bits, literals, <i32>LITERAL_BITS);
      if (symbol < 0) {
        isGood = false;
        break;
      }
      if ((symbol & 0xffff) < 256) {
        store<u8>(out++, <u8>symbol);
        bits >>= symbol >> 16;
        count -= symbol >> 16;
        continue;
      }
      entry = lengthEntry(symbol & 0xffff) | <u64>(symbol >> 16);
    }
    bits >>= entry;
    count -= entry & 31;
    if (entry & END_OF_BLOCK) {
      store<i32>(s, load<i32>(s, IS_LAST) ? DONE : HEADER, MODE);
      break;
    }
    let extra = (entry >> 8) & 15;
    const length = <usize>(entry >> 16) + <usize>(bits & ((1 << extra) - 1));
    bits >>= extra;
    count -= extra;
    entry = lookUp(s + DISTANCES, bits, DISTANCE_BITS);
    if (entry & LONG) {
      const symbol = longSymbol(bits, s + DISTANCES, <i32>DISTANCE_BITS);
      if (symbol < 0) {
        isGood = false;
        break;
      }
      entry = distanceEntry(symbol & 0xffff) | <u64>(symbol >> 16);
    }
    bits >>= entry;
    count -= entry & 31;
    extra = (entry >> 8) & 15;
    const distance = <usize>(entry >> 16) + <usize>(bits & ((1 << extra) - 1));
    bits >>= extra;
    count -= extra;
    // No length or no distance of what the symbol stands for is zero.
    if (length == 0 || distance == 0 || distance > out - start) {
      isGood = false;
      break;
    }
    repeat(out, distance, length);
    out += length;
  }
  store<u64>(s, bits, BITS);
  store<i32>(s, <i32>count, COUNT);
  store<usize>(s, at, AT);
  store<usize>(s, out, OUT);
  return isGood && at - <usize>(count >> 3) <= load<usize>(s, END);
}

function repeat(to: usize, distance: usize, length: usize): void {
  const end = to + length;
  let from = to - distance;
  if (distance >= 16) {
    for (; to < end; to += 16, from += 16) v128.store(to, v128.load(from));
  } else if (distance == 1) {
    const same = v128.load8_splat(from);
    for (; to < end; to += 16) v128.store(to, same);
  } else {
    for (; to < end; to++, from++) store<u8>(to, load<u8>(from));
  }
}
