import { crc32 } from "node:zlib";

/** What the fast path needs to know of a PNG. */
export interface PngLayout {
  readonly width: number;
  readonly height: number;
  /** Bytes of a pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly pixelBytes: number;
  /** Begin and end of each piece of compressed data. */
  readonly data: readonly (readonly [begin: number, end: number])[];
}

/** By colour type (PNG specification, 11.2.1); a palette is left to the general path. */
const PIXEL_BYTES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** Signature, then length and name of the header chunk. */
const START = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
/** Bytes of a chunk besides its data: length, name, checksum. */
const FRAME = 12;
/** Wider or higher ones are left to the general path: a row of theirs takes memory that no pixel limit bounds. */
const MAX_SIDE = 65_500;
/** Encoders write kilobytes at a time; of more pieces the list alone would take as much memory as a picture. */
const MAX_PIECES = 65_536;

/**
 * Walks a PNG's chunks (PNG specification, 5).
 * @returns undefined unless it is a plain one: 8 bits, not interlaced, not turned by EXIF, whole, its checksums right,
 *   and no other chunk in it that a decoder must know
 */
export function pngLayout(bytes: Uint8Array): PngLayout | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length < START.length + 17 || !file.subarray(0, START.length).equals(START)) return undefined;
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const [depth, colour = -1, compression, filter, interlace] = file.subarray(24, 29);
  const pixelBytes = PIXEL_BYTES[colour];
  if (pixelBytes === undefined || depth !== 8 || compression !== 0 || filter !== 0 || interlace !== 0) return undefined;
  if (width === 0 || height === 0 || width > MAX_SIDE || height > MAX_SIDE) return undefined;
  const data: [number, number][] = [];
  for (let at = 8, previous = ""; at + FRAME <= file.length; ) {
    const begin = at + 8;
    const end = begin + file.readUInt32BE(at);
    const name = file.toString("latin1", at + 4, begin);
    if (end + 4 > file.length) return undefined;
    const isCritical = /^[A-Z]/.test(name);
    if (isCritical && crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) return undefined;
    if (name === "IEND") return data.length > 0 ? { width, height, pixelBytes, data } : undefined;
    if (name === "IDAT") {
      // All pieces stand together.
      if ((data.length > 0 && previous !== name) || data.length === MAX_PIECES) return undefined;
      data.push([begin, end]);
    } else if ((isCritical && at > 8) || name === "eXIf") {
      return undefined;
    }
    previous = name;
    at = end + 4;
  }
  return undefined;
}
