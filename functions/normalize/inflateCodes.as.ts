// AssemblyScript: tables of deflate's Huffman codes (RFC 1951, 3.2.2).

/** Of an entry that is no literal: the end of a block, or a code that the table does not hold. */
export const END_OF_BLOCK: u64 = 1 << 12;
export const LONG: u64 = 1 << 13;

/** What the symbols of a code are. */
export const OF_LENGTHS: i32 = 0;
export const OF_LITERALS: i32 = 1;
export const OF_DISTANCES: i32 = 2;

/**
 * Makes the table of a code, indexed by the next `bits` bits, lowest first; behind it, for `longSymbol`, 16 counts and the
 * symbols in the order of their codes, 16 bits each. An entry's lowest five bits are the code's length; bits 6 and 7 say how
 * many literals it holds, from bit 8 on; otherwise bits 8 to 11 are extra bits, and from bit 16 on is what they are added to.
 * @param lengths one byte a symbol
 * @param kind what the symbols are; of literals up to three are in one entry
 * @returns false when it is no code; one of a single symbol is one
 */
export function makeCodes(lengths: usize, size: i32, bits: i32, table: usize, kind: i32): bool {
  const counts = table + (<usize>4 << bits);
  const symbols = counts + 32;
  memory.fill(counts, 0, 32);
  for (let i = 0; i < size; i++) {
    const at = counts + (<usize>load<u8>(lengths + i) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
  store<u16>(counts, 0);
  // First place of each length among the symbols: kept where the table will be.
  let place = 0;
  let left = 1;
  let used = 0;
  for (let length = 1; length <= 15; length++) {
    const count = <i32>load<u16>(counts + (length << 1));
    left = (left << 1) - count;
    if (left < 0) return false;
    store<u16>(table + (length << 1), <u16>place);
    place += count;
    if (count > 0) used = length;
  }
  // Of distances a lone code of one bit may stand, or none.
  if (left > 0 && (kind != OF_DISTANCES || used > 1)) return false;
  for (let i = 0; i < size; i++) {
    const length = <usize>load<u8>(lengths + i);
    if (length == 0) continue;
    const at = table + (length << 1);
    const next = load<u16>(at);
    store<u16>(symbols + (<usize>next << 1), <u16>i);
    store<u16>(at, next + 1);
  }
  // What is no code of any length is LONG, too: it is found out there.
  for (let at = table; at < counts; at += 16) v128.store(at, i32x4.splat(<i32>LONG));
  let symbolAt = symbols;
  let code = 0;
  for (let length = 1; length <= 15; length++, code <<= 1) {
    const count = <i32>load<u16>(counts + (length << 1));
    if (length > bits) break;
    for (let i = 0; i < count; i++, code++, symbolAt += 2) {
      const entry = entryOf(<i32>load<u16>(symbolAt), kind) | length;
      for (let at = reversed(code, length); at < 1 << bits; at += 1 << length) store<u32>(table + (at << 2), entry);
    }
  }
  if (kind == OF_LITERALS) joinLiterals(table, bits);
  return true;
}

function entryOf(symbol: i32, kind: i32): u32 {
  if (kind == OF_LENGTHS) return symbol << 16;
  if (kind == OF_DISTANCES) return <u32>distanceEntry(symbol);
  return symbol < 256 ? (symbol << 8) | 64 : <u32>lengthEntry(symbol);
}

/** Literals whose codes fit into one index are decoded at once. From the end: what an entry goes on with is still single. */
function joinLiterals(table: usize, bits: i32): void {
  for (let index = (1 << bits) - 1; index >= 0; index--) {
    const first = load<u32>(table + (index << 2));
    const length = <i32>first & 31;
    const next = index >> length;
    const second = load<u32>(table + (next << 2));
    const both = length + (<i32>second & 31);
    const third = load<u32>(table + ((next >> (<i32>second & 31)) << 2));
    const all = both + (<i32>third & 31);
    const isTwo = ((first & second & 64) != 0) & (both <= bits);
    const isThree = isTwo & ((third & 64) != 0) & (all <= bits);
    const two = (first & 0xff00) | ((second & 0xff00) << 8) | 128 | both;
    const three = (first & 0xff00) | ((second & 0xff00) << 8) | ((third & 0xff00) << 16) | 192 | all;
    store<u32>(table + (index << 2), select<u32>(three, select<u32>(two, first, isTwo), isThree));
  }
}

/** The lowest bits of a number in reversed order. */
function reversed(code: i32, length: i32): i32 {
  code = ((code & 0x5555) << 1) | ((code >> 1) & 0x5555);
  code = ((code & 0x3333) << 2) | ((code >> 2) & 0x3333);
  code = ((code & 0x0f0f) << 4) | ((code >> 4) & 0x0f0f);
  code = ((code & 0x00ff) << 8) | ((code >> 8) & 0x00ff);
  return code >> (16 - length);
}

/** Entry of a symbol that is no literal, without its code's length (RFC 1951, 3.2.5). */
export function lengthEntry(symbol: i32): u64 {
  if (symbol == 256) return END_OF_BLOCK;
  const n = symbol - 257;
  if (n < 8) return <u64>(n + 3) << 16;
  if (n == 28) return <u64>258 << 16;
  if (n > 28) return 0;
  const extra = (n >> 2) - 1;
  return (<u64>(((4 + (n & 3)) << extra) + 3) << 16) | (extra << 8);
}

export function distanceEntry(symbol: i32): u64 {
  if (symbol < 4) return <u64>(symbol + 1) << 16;
  if (symbol > 29) return 0;
  const extra = (symbol >> 1) - 1;
  return (<u64>(((2 + (symbol & 1)) << extra) + 1) << 16) | (extra << 8);
}
