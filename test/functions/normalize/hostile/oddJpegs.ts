import type { HostileInput } from "./hostileInput";
import {
  frameHeader,
  greyJpeg,
  huffmanTables,
  Marker,
  marker,
  quantisationTable,
  scanHeader,
  segment,
  withSegments,
} from "./jpegBytes";

const SIZE = { width: 40, height: 24 };
const GOOD = [40, 24] as const;

/** A JPEG that lacks what the list does not name. */
function made(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([marker(Marker.Start), ...parts, marker(Marker.End)]);
}

/** JPEGs whose headers, scans or markers are not what one expects. */
export function oddJpegs(): readonly HostileInput[] {
  const plain = greyJpeg(SIZE);
  const tables = Buffer.concat([quantisationTable(), huffmanTables()]);
  const frame = frameHeader(Marker.Baseline, 40, 24);
  const scan = Buffer.concat([scanHeader(), Buffer.from([0, 0, 0, 0x03])]);
  return [
    { name: "jpeg by hand", bytes: plain, expected: GOOD },
    { name: "jpeg of 65,500 x 1", bytes: greyJpeg({ width: 65_500, height: 1 }), expected: [65_500, 1] },
    { name: "jpeg of 1 x 65,500", bytes: greyJpeg({ width: 1, height: 65_500 }), expected: [1, 65_500] },
    { name: "jpeg of 65,500 x 16", bytes: greyJpeg({ width: 65_500, height: 16 }), expected: [65_500, 16] },
    {
      name: "jpeg of 65,535 x 8, above libjpeg's limit",
      bytes: greyJpeg({ width: 65_535, height: 8 }),
      expected: "CorruptImage",
    },
    {
      name: "jpeg of 65,500 x 65,500 that are not there",
      bytes: greyJpeg({ width: 65_500, height: 65_500, blocks: 9 }),
      expected: "TooManyPixels",
    },
    { name: "jpeg of 8,000 x 8,000", bytes: greyJpeg({ width: 8000, height: 8000 }), expected: "TooManyPixels" },
    {
      name: "jpeg of 7,000 x 7,000 that are not there",
      bytes: greyJpeg({ width: 7000, height: 7000, blocks: 9 }),
      expected: "CorruptImage",
    },
    { name: "jpeg of no width", bytes: greyJpeg({ width: 0, height: 24 }), expected: "CorruptImage" },
    { name: "jpeg of no height", bytes: greyJpeg({ width: 40, height: 0 }), expected: "CorruptImage" },
    { name: "jpeg of half its blocks", bytes: greyJpeg({ ...SIZE, blocks: 7 }), expected: "CorruptImage" },
    { name: "jpeg of too many blocks", bytes: greyJpeg({ ...SIZE, blocks: 4000 }), expected: GOOD },
    { name: "jpeg with restart markers", bytes: greyJpeg({ ...SIZE, restart: 2 }), expected: GOOD },
    {
      name: "jpeg whose restart markers are missing",
      bytes: greyJpeg({ ...SIZE, restart: 2, restartMarkers: false }),
      expected: "CorruptImage",
    },
    { name: "jpeg, extended sequential", bytes: greyJpeg({ ...SIZE, frame: Marker.Extended }), expected: GOOD },
    { name: "jpeg, progressive, by hand", bytes: greyJpeg({ ...SIZE, frame: Marker.Progressive }), expected: GOOD },
    {
      name: "jpeg of 2,000 progressive scans",
      bytes: greyJpeg({ width: 2000, height: 2000, frame: Marker.Progressive, scans: 2000 }),
      expected: "CorruptImage",
    },
    { name: "jpeg, lossless", bytes: greyJpeg({ ...SIZE, frame: Marker.Lossless }), expected: "CorruptImage" },
    { name: "jpeg, arithmetic", bytes: greyJpeg({ ...SIZE, frame: Marker.ArithmeticExtended }), expected: GOOD },
    {
      name: "jpeg, arithmetic and progressive",
      bytes: greyJpeg({ ...SIZE, frame: Marker.ArithmeticProgressive }),
      expected: GOOD,
    },
    {
      name: "jpeg of 12 bits",
      bytes: greyJpeg({ ...SIZE, frame: Marker.Extended, precision: 12 }),
      expected: "CorruptImage",
    },
    { name: "jpeg of 2 bits", bytes: greyJpeg({ ...SIZE, precision: 2 }), expected: "CorruptImage" },
    {
      name: "jpeg of several starts",
      bytes: Buffer.concat([marker(Marker.Start), marker(Marker.Start), plain]),
      expected: "CorruptImage",
    },
    {
      name: "jpeg of a start between segments",
      bytes: withSegments(plain, segment(Marker.Comment, Buffer.from("a")), marker(Marker.Start)),
      expected: "CorruptImage",
    },
    { name: "jpeg of a start and an end", bytes: made(), expected: "CorruptImage" },
    { name: "jpeg of a start and a frame", bytes: made(frame), expected: "CorruptImage" },
    { name: "jpeg of two frames", bytes: made(tables, frame, frame, scan), expected: "CorruptImage" },
    { name: "jpeg without quantisation table", bytes: made(huffmanTables(), frame, scan), expected: "CorruptImage" },
    {
      name: "jpeg without huffman tables",
      bytes: made(quantisationTable(), frame, Buffer.concat([scanHeader(), Buffer.alloc(64, 0x55)])),
      expected: "CorruptImage",
    },
    { name: "jpeg without frame", bytes: made(tables, scan), expected: "CorruptImage" },
    { name: "jpeg without scan", bytes: made(tables, frame), expected: "CorruptImage" },
    {
      name: "jpeg of no components",
      bytes: made(tables, frameHeader(Marker.Baseline, 40, 24, { sampling: [] }), scan),
      expected: "CorruptImage",
    },
    {
      name: "jpeg of two components",
      bytes: made(tables, frameHeader(Marker.Baseline, 40, 24, { sampling: [0x11, 0x11] }), scan),
      expected: GOOD,
    },
    {
      name: "jpeg of ten components",
      bytes: made(tables, frameHeader(Marker.Baseline, 40, 24, { sampling: Array(10).fill(0x11) }), scan),
      expected: "CorruptImage",
    },
    {
      name: "jpeg sampled 15 by 15",
      bytes: made(tables, frameHeader(Marker.Baseline, 40, 24, { sampling: [0xff] }), scan),
      expected: "CorruptImage",
    },
    {
      name: "jpeg sampled 0 by 0",
      bytes: made(tables, frameHeader(Marker.Baseline, 40, 24, { sampling: [0x00] }), scan),
      expected: "CorruptImage",
    },
    {
      name: "jpeg of a scan of an unknown component",
      bytes: made(tables, frame, segment(Marker.Scan, Buffer.from([1, 9, 0, 0, 63, 0]))),
      expected: "CorruptImage",
    },
    {
      name: "jpeg of a huffman table that is too full",
      bytes: withSegments(
        plain,
        segment(Marker.HuffmanTable, Buffer.concat([Buffer.from([0]), Buffer.alloc(16, 255)])),
      ),
      expected: "CorruptImage",
    },
    {
      name: "jpeg of a segment that is too short",
      bytes: withSegments(plain, Buffer.from([0xff, Marker.Comment, 0, 0])),
      expected: GOOD,
    },
    {
      name: "jpeg of a segment longer than the file",
      bytes: withSegments(plain, Buffer.from([0xff, Marker.Comment, 0xff, 0xff])),
      expected: "CorruptImage",
    },
    {
      name: "jpeg of 400 comments",
      bytes: withSegments(
        plain,
        ...Array.from({ length: 400 }, () => segment(Marker.Comment, Buffer.alloc(60_000, 65))),
      ),
      expected: GOOD,
    },
    {
      name: "jpeg of 100,000 fill bytes",
      bytes: Buffer.concat([plain.subarray(0, 2), Buffer.alloc(100_000, 0xff), plain.subarray(2)]),
      expected: GOOD,
    },
  ];
}
