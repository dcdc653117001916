// AssemblyScript: the first partition of VP8, header and modes (RFC 6386, sections 7 to 11).

import {
  ABOVE_MODES, BLOCK_MODES, CHANCES, CHROMA_MODE, CONTEXT, DEFAULT_CHANCES, HAS_SEGMENTS, KIND, LEFT_MODES, LUMA_MODE,
  MODE_CHANCES, MODE_TREE, READERS, SEGMENT, SEGMENT_CHANCES, SKIP_CHANCE, UPDATE_CHANCES,
} from "./vp8State.as";
import { refilled } from "./vp8Tokens.as";

/** Sets a reader to the beginning of data that lies backwards between two addresses. */
export function begin(reader: usize, first: usize, end: usize): void {
  store<u64>(reader, <u64>1 << 62);
  store<i32>(reader, 255, 12);
  store<usize>(reader, end, 16);
  store<usize>(reader, first, 20);
}

/** The next bool of the first partition. */
export function readBool(chance: u32): i32 {
  let value = load<u64>(READERS);
  let range = load<u32>(READERS, 12);
  if (<u32>value == 0) {
    const at = load<usize>(READERS, 16);
    value = refilled(value, at);
    store<usize>(READERS, at - 4, 16);
  }
  const part = 1 + (((range - 1) * chance) >> 8);
  const bound = <u64>part << 55;
  const isOne = value >= bound;
  if (isOne) {
    value -= bound;
    range -= part;
  } else range = part;
  const shift = clz(range) - 24;
  store<u64>(READERS, value << shift);
  store<u32>(READERS, range << shift, 12);
  return <i32>isOne;
}

/** The next number of so many bits. */
export function readNumber(bits: i32): i32 {
  let number = 0;
  for (; bits > 0; bits--) number = (number << 1) | readBool(128);
  return number;
}

/** Chances of coefficients: those that the standard has, and those that are told anew. */
export function readChances(): void {
  const bands: u64 = 0x7666666665463210;
  for (let kind: usize = 0; kind < 4; kind++) {
    for (let band: usize = 0; band < 8; band++) {
      for (let i: usize = 0; i < 33; i++) {
        const from = kind * 264 + band * 33 + i;
        const isNew = readBool(load<u8>(from, UPDATE_CHANCES));
        const chance = isNew ? readNumber(8) : <i32>load<u8>(from, DEFAULT_CHANCES);
        const to = CHANCES + kind * KIND + (i / 11) * CONTEXT + (i % 11);
        for (let n: usize = 0; n < 16; n++) {
          if (<usize>((bands >> (n << 2)) & 15) == band) store<u8>(to + (n << 4), <u8>chance);
        }
      }
    }
  }
}

/**
 * Reads the modes of a macroblock.
 * @param above what the macroblock above has left
 * @returns whether it has no coefficients
 */
export function readModes(above: usize): bool {
  if (load<i32>(HAS_SEGMENTS)) {
    const upper = readBool(load<u8>(SEGMENT_CHANCES));
    store<i32>(SEGMENT, (upper << 1) | readBool(load<u8>(SEGMENT_CHANCES + 1 + upper)));
  }
  const chance = load<i32>(SKIP_CHANCE);
  const isEmpty = chance >= 0 && readBool(chance) != 0;
  if (readBool(145)) {
    // DC, vertical, horizontal, true motion; as block modes 0, 2, 3, 1.
    const mode = readBool(156) ? (readBool(128) ? 1 : 3) : readBool(163) ? 2 : 0;
    store<i32>(LUMA_MODE, mode);
    store<u32>(above, mode * 0x01010101, ABOVE_MODES);
    store<u32>(LEFT_MODES, mode * 0x01010101);
  } else {
    store<i32>(LUMA_MODE, 16);
    readBlockModes(above + ABOVE_MODES);
  }
  store<i32>(CHROMA_MODE, readBool(142) ? (readBool(114) ? (readBool(183) ? 1 : 3) : 2) : 0);
  return isEmpty;
}

function readBlockModes(above: usize): void {
  let value = load<u64>(READERS);
  let range = load<u32>(READERS, 12);
  let at = load<usize>(READERS, 16);
  for (let row: usize = 0; row < 4; row++) {
    let mode = <usize>load<u8>(LEFT_MODES + row);
    for (let column: usize = 0; column < 4; column++) {
      const chances = MODE_CHANCES + <usize>load<u8>(above + column) * 160 + (mode << 4);
      let node: usize = 0;
      do {
        if (<u32>value == 0) {
          value = refilled(value, at);
          at -= 4;
        }
        const split = 1 + (((range - 1) * <u32>load<u8>(chances + node)) >> 8);
        const bound = <u64>split << 55;
        if (value < bound) {
          range = split;
          node = <usize>load<u8>(node << 1, MODE_TREE);
        } else {
          value -= bound;
          range -= split;
          node = <usize>load<u8>(node << 1, MODE_TREE + 1);
        }
        const shift = clz(range) - 24;
        range <<= shift;
        value <<= shift;
      } while (node < 64);
      mode = node - 64;
      store<u8>(above + column, <u8>mode);
      store<u8>(BLOCK_MODES + (row << 2) + column, <u8>mode);
    }
    store<u8>(LEFT_MODES + row, <u8>mode);
  }
  store<u64>(READERS, value);
  store<u32>(READERS, range, 12);
  store<usize>(READERS, at, 16);
}
