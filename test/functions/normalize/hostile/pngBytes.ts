import { crc32, deflateSync } from "node:zlib";

/** First bytes of every PNG. */
export const PNG_SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** Header of a PNG (PNG specification, 11.2.2). */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample; 8 unless told. */
  readonly depth?: number;
  /** 0 grey, 2 rgb, 3 palette, 4 grey and alpha, 6 rgba; 0 unless told. */
  readonly colour?: number;
  /** 1 for Adam7; 0 unless told. */
  readonly interlace?: number;
}

/** One chunk with its length and a right checksum, or the given one. */
export function pngChunk(type: string, data: Uint8Array = new Uint8Array(), crc?: number): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc ?? crc32(body))]);
}

/** The chunk IHDR. */
export function pngHeader({ width, height, depth = 8, colour = 0, interlace = 0 }: PngHeader): Buffer {
  return pngChunk(
    "IHDR",
    Buffer.concat([uint32(width), uint32(height), Buffer.from([depth, colour, 0, 0, interlace])]),
  );
}

/** A PNG of one IDAT; `before` are chunks between header and data. */
export function png(header: PngHeader, samples: Uint8Array, before: readonly Uint8Array[] = []): Buffer {
  const data = pngChunk("IDAT", deflateSync(samples, { level: 1 }));
  return Buffer.concat([PNG_SIGNATURE, pngHeader(header), ...before, data, pngChunk("IEND")]);
}

/** Zero bytes of the scan lines of a picture without interlacing, filter bytes included. */
export function blankLines(width: number, height: number, bitsPerPixel = 8): Buffer {
  return Buffer.alloc((1 + Math.ceil((width * bitsPerPixel) / 8)) * height);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
