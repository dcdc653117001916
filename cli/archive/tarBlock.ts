import { ArchiveError } from "./archiveError";

/** What a header block of a tar archive says, as far as unpacking needs it. */
export interface TarBlock {
  /** One character; `0` for a file. */
  readonly type: string;
  /** Name as it stands, before records that replace it. */
  readonly name: string;
  /** Bytes that follow. */
  readonly size: number;
}

const CHECKSUM = { start: 148, end: 156 };

/** Magic and version of the formats that are read: POSIX, GNU, and the one before both. */
const POSIX = "ustar\u000000";
const GNU = "ustar  \0";
const V7 = "\0".repeat(8);

/**
 * Reads a header block: POSIX ustar and pax, GNU, v7 (pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html,
 * www.gnu.org/software/tar/manual/html_node/Standard.html).
 * @param block 512 bytes, not all zero
 * @throws ArchiveError InvalidHeader
 */
export function readTarBlock(block: Buffer): TarBlock {
  if (octal(block, CHECKSUM.start, CHECKSUM.end, "checksum") !== checksumOf(block)) {
    throw new ArchiveError("InvalidHeader", "a header's checksum is wrong");
  }
  const magic = block.toString("latin1", 257, 265);
  if (magic !== POSIX && magic !== GNU && magic !== V7) {
    throw new ArchiveError("InvalidHeader", "a header is of no format of tar that is read: ustar, pax, GNU, v7");
  }
  const name = text(block, 0, 100);
  // GNU keeps other things where POSIX has the prefix.
  const prefix = magic === POSIX ? text(block, 345, 500) : "";
  const type = block.toString("latin1", 156, 157);
  return {
    type: type === "\0" ? "0" : type,
    name: prefix === "" ? name : `${prefix}/${name}`,
    size: size(block),
  };
}

/** Sum of all bytes, with spaces in the sum's own place. */
function checksumOf(block: Buffer): number {
  let sum = 0;
  for (let i = 0; i < block.length; i++) {
    sum += i >= CHECKSUM.start && i < CHECKSUM.end ? 0x20 : (block[i] ?? 0);
  }
  return sum;
}

/** Octal digits, or, with the highest bit set, a binary number of GNU's. */
function size(block: Buffer): number {
  if (((block[124] ?? 0) & 0x80) === 0) return octal(block, 124, 136, "size");
  const value = block.subarray(125, 136).reduce((sum, byte) => sum * 256 + byte, 0);
  if (block[124] !== 0x80 || !Number.isSafeInteger(value)) {
    throw new ArchiveError("InvalidHeader", "a header's size is negative, or no number that can be");
  }
  return value;
}

function octal(block: Buffer, start: number, end: number, what: string): number {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(block.toString("latin1", start, end))?.[1];
  if (digits === undefined) throw new ArchiveError("InvalidHeader", `a header's ${what} is no octal number`);
  return Number.parseInt(digits, 8);
}

/** Text up to the first zero byte. @throws ArchiveError when it is not UTF-8, or has bytes behind its end */
function text(block: Buffer, start: number, end: number): string {
  const field = block.subarray(start, end);
  const zero = field.indexOf(0);
  if (zero >= 0 && field.subarray(zero).some((byte) => byte !== 0)) {
    throw new ArchiveError("InvalidHeader", "a header's name has bytes behind its end");
  }
  return utf8(zero < 0 ? field : field.subarray(0, zero));
}

/** Reads UTF-8. @throws ArchiveError UnsafeName when it is not */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ArchiveError("UnsafeName", "a name is not UTF-8", { cause });
  }
}
