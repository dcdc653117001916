import { deflateSync } from "node:zlib";
import type { HostileInput } from "./hostileInput";
import { blankLines, PNG_SIGNATURE, type PngHeader, png, pngChunk, pngHeader } from "./pngBytes";

const SMALL: PngHeader = { width: 16, height: 12 };
const LINES = blankLines(16, 12);

/** Compressed runs of zeros by their length: some are needed more than once. */
const compressed = new Map<number, Buffer>();

/** A compressed run of zeros, of so many bytes once it is inflated. */
function zeros(bytes: number): Buffer {
  const known = compressed.get(bytes);
  if (known) return known;
  const made = deflateSync(Buffer.alloc(bytes), { level: 6 });
  compressed.set(bytes, made);
  return made;
}

/** A text chunk that inflates to many bytes. */
function text(bytes: number, type = "zTXt"): Buffer {
  const head = type === "iTXt" ? "Comment\0\x01\0\0\0" : "Comment\0\0";
  return pngChunk(type, Buffer.concat([Buffer.from(head, "latin1"), zeros(bytes)]));
}

function parts(...chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([PNG_SIGNATURE, ...chunks]);
}

/** PNGs that are larger than they look, or not what their header says. */
export function pngBombs(): readonly HostileInput[] {
  const header = pngHeader(SMALL);
  const data = pngChunk("IDAT", deflateSync(LINES));
  const end = pngChunk("IEND");
  const lying = (given: PngHeader): Buffer => png(given, LINES);
  const mebibyte = 1024 * 1024;
  return [
    {
      name: "png of 64 megapixels in 63 kB",
      bytes: png({ width: 8000, height: 8000 }, blankLines(8000, 8000)),
      expected: "TooManyPixels",
    },
    {
      name: "png of 1 bit, 400 megapixels",
      bytes: png({ width: 20000, height: 20000, depth: 1 }, blankLines(20000, 20000, 1)),
      expected: "TooManyPixels",
    },
    {
      name: "png that says 100,000 x 100,000",
      bytes: lying({ width: 100_000, height: 100_000 }),
      expected: "TooManyPixels",
    },
    { name: "png that says 2^31 - 1 wide", bytes: lying({ width: 2 ** 31 - 1, height: 1 }), expected: "CorruptImage" },
    {
      name: "png that says 2^31 - 1 both ways",
      bytes: lying({ width: 2 ** 31 - 1, height: 2 ** 31 - 1 }),
      expected: "CorruptImage",
    },
    { name: "png that says 2^32 - 1 wide", bytes: lying({ width: 2 ** 32 - 1, height: 1 }), expected: "CorruptImage" },
    { name: "png that says it is higher", bytes: lying({ width: 16, height: 4000 }), expected: "CorruptImage" },
    { name: "png that says it is wider", bytes: lying({ width: 4000, height: 12 }), expected: "CorruptImage" },
    { name: "png that says it has no width", bytes: lying({ width: 0, height: 12 }), expected: "CorruptImage" },
    { name: "png that says it has no height", bytes: lying({ width: 16, height: 0 }), expected: "CorruptImage" },
    { name: "png of 3 bits", bytes: lying({ ...SMALL, depth: 3 }), expected: "CorruptImage" },
    { name: "png of colour type 5", bytes: lying({ ...SMALL, colour: 5 }), expected: "CorruptImage" },
    { name: "png of 16-bit palette", bytes: lying({ ...SMALL, colour: 3, depth: 16 }), expected: "CorruptImage" },
    { name: "png of interlacing 7", bytes: lying({ ...SMALL, interlace: 7 }), expected: "CorruptImage" },
    { name: "png of a palette without one", bytes: lying({ ...SMALL, colour: 3 }), expected: "CorruptImage" },
    {
      name: "png of a palette of 4 bytes",
      bytes: png({ ...SMALL, colour: 3 }, LINES, [pngChunk("PLTE", Buffer.alloc(4))]),
      expected: "CorruptImage",
    },
    {
      name: "png beyond its palette",
      bytes: png(
        { ...SMALL, colour: 3 },
        Buffer.alloc(LINES.length, 1).map((value, at) => (at % 17 === 0 ? 0 : value * 9)),
        [pngChunk("PLTE", Buffer.alloc(3))],
      ),
      expected: [16, 12],
    },
    { name: "png of unknown line filters", bytes: png(SMALL, Buffer.alloc(LINES.length, 9)), expected: "CorruptImage" },
    { name: "png whose data inflates to 64 MiB", bytes: png(SMALL, Buffer.alloc(64 * mebibyte)), expected: [16, 12] },
    { name: "png with a text of 128 MiB", bytes: png(SMALL, LINES, [text(128 * mebibyte)]), expected: [16, 12] },
    {
      name: "png with an international text of 64 MiB",
      bytes: png(SMALL, LINES, [text(64 * mebibyte, "iTXt")]),
      expected: [16, 12],
    },
    {
      name: "png with 200 texts of 1 MiB",
      bytes: png(
        SMALL,
        LINES,
        Array.from({ length: 200 }, () => text(mebibyte)),
      ),
      expected: [16, 12],
    },
    {
      name: "png with a profile of 64 MiB",
      bytes: png(SMALL, LINES, [pngChunk("iCCP", Buffer.concat([Buffer.from("x\0\0"), zeros(64 * mebibyte)]))]),
      expected: [16, 12],
    },
    {
      name: "png with 50,000 empty chunks",
      bytes: png(
        SMALL,
        LINES,
        Array.from({ length: 50_000 }, () => pngChunk("teSt")),
      ),
      expected: [16, 12],
    },
    {
      name: "png with 20,000 empty data chunks",
      bytes: parts(header, ...Array.from({ length: 20_000 }, () => pngChunk("IDAT")), data, end),
      expected: [16, 12],
    },
    { name: "png of a signature alone", bytes: PNG_SIGNATURE, expected: "CorruptImage" },
    { name: "png without header", bytes: parts(data, end), expected: "CorruptImage" },
    { name: "png without data", bytes: parts(header, end), expected: "CorruptImage" },
    { name: "png without end", bytes: parts(header, data), expected: [16, 12] },
    { name: "png of two headers", bytes: parts(header, header, data, end), expected: "CorruptImage" },
    { name: "png with its data first", bytes: parts(data, header, end), expected: "CorruptImage" },
    {
      name: "png whose header's checksum is wrong",
      bytes: parts(pngChunk("IHDR", header.subarray(8, 21), 1), data, end),
      expected: "CorruptImage",
    },
    {
      name: "png whose data's checksum is wrong",
      bytes: parts(header, pngChunk("IDAT", deflateSync(LINES), 1), end),
      expected: "CorruptImage",
    },
    {
      name: "png whose text's checksum is wrong",
      bytes: parts(header, pngChunk("tEXt", Buffer.from("a\0b"), 1), data, end),
      expected: [16, 12],
    },
    {
      name: "png with a chunk of 4 GiB",
      bytes: parts(header, Buffer.from("\xff\xff\xff\xffIDAT", "latin1"), LINES),
      expected: "CorruptImage",
    },
    {
      name: "png whose data is no zlib stream",
      bytes: parts(header, pngChunk("IDAT", Buffer.alloc(64, 0x55)), end),
      expected: "CorruptImage",
    },
    {
      name: "png whose data is an empty zlib stream",
      bytes: parts(header, pngChunk("IDAT", deflateSync("")), end),
      expected: "CorruptImage",
    },
    {
      name: "png with a critical chunk that nobody knows",
      bytes: png(SMALL, LINES, [pngChunk("ABCD", Buffer.alloc(4))]),
      expected: "CorruptImage",
    },
    {
      name: "apple's png",
      bytes: parts(pngChunk("CgBI", Buffer.from([0x50, 0, 0x20, 2])), header, data, end),
      expected: "CorruptImage",
    },
  ];
}
