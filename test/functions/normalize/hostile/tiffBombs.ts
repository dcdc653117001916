import { deflateSync } from "node:zlib";
import type { HostileInput } from "./hostileInput";
import { greyTags, Tag, TIFF_DATA, tiff, tiffDirectory } from "./tiffBytes";

const WIDTH = 16;
const HEIGHT = 12;
const SAMPLES = Buffer.alloc(WIDTH * HEIGHT, 90);
const LONGEST = 2 ** 32 - 1;

/** A grey picture with some tags replaced, or left out when they are null. */
function changed(tags: Readonly<Record<number, number | null>>, samples: Uint8Array = SAMPLES): Buffer {
  return tiff(greyTags(WIDTH, HEIGHT, tags), samples);
}

/** A picture of many directories, each the same picture. */
function pages(count: number): Buffer {
  const tags = greyTags(WIDTH, HEIGHT);
  const first = TIFF_DATA + SAMPLES.length;
  const length = tiffDirectory(tags, 0, 0).length;
  const directories = Array.from({ length: count }, (_, index) =>
    tiffDirectory(tags, 0, index + 1 < count ? first + (index + 1) * length : 0),
  );
  const head = Buffer.from("II*\0\0\0\0\0", "latin1");
  head.writeUInt32LE(first, 4);
  return Buffer.concat([head, SAMPLES, ...directories]);
}

/** TIFFs that are larger than they look, or not what they say. */
export function tiffBombs(): readonly HostileInput[] {
  const tags = greyTags(WIDTH, HEIGHT);
  return [
    { name: "tiff by hand", bytes: tiff(tags, SAMPLES), expected: [WIDTH, HEIGHT] },
    { name: "tiff whose directory follows itself", bytes: tiff(tags, SAMPLES, "self"), expected: [WIDTH, HEIGHT] },
    { name: "tiff whose next directory is outside", bytes: tiff(tags, SAMPLES, LONGEST), expected: [WIDTH, HEIGHT] },
    {
      name: "tiff of a private tag",
      bytes: tiff([...tags, { tag: 50_000, values: [1] }], SAMPLES),
      expected: [WIDTH, HEIGHT],
    },
    { name: "tiff of 20,000 pages", bytes: pages(20_000), expected: [WIDTH, HEIGHT] },
    {
      name: "tiff of 100,000 x 100,000",
      bytes: changed({ [Tag.Width]: 100_000, [Tag.Height]: 100_000, [Tag.RowsPerStrip]: 100_000 }),
      expected: "TooManyPixels",
    },
    {
      name: "tiff of 2^32 - 1 both ways",
      bytes: changed({ [Tag.Width]: LONGEST, [Tag.Height]: LONGEST }),
      expected: "CorruptImage",
    },
    {
      name: "tiff of one strip of 49 megapixels that are not there",
      bytes: changed({ [Tag.Width]: 7000, [Tag.Height]: 7000, [Tag.RowsPerStrip]: 7000 }),
      expected: "CorruptImage",
    },
    { name: "tiff of a strip of 4 GiB", bytes: changed({ [Tag.StripByteCounts]: LONGEST }), expected: [WIDTH, HEIGHT] },
    { name: "tiff of a strip outside", bytes: changed({ [Tag.StripOffsets]: LONGEST }), expected: "CorruptImage" },
    {
      name: "tiff of strips of 4 billion rows",
      bytes: changed({ [Tag.RowsPerStrip]: LONGEST }),
      expected: [WIDTH, HEIGHT],
    },
    { name: "tiff of strips of no rows", bytes: changed({ [Tag.RowsPerStrip]: 0 }), expected: "CorruptImage" },
    { name: "tiff without width", bytes: changed({ [Tag.Width]: null }), expected: "CorruptImage" },
    { name: "tiff of no width", bytes: changed({ [Tag.Width]: 0 }), expected: "CorruptImage" },
    { name: "tiff of no height", bytes: changed({ [Tag.Height]: 0 }), expected: "CorruptImage" },
    { name: "tiff without strips", bytes: changed({ [Tag.StripOffsets]: null }), expected: "CorruptImage" },
    { name: "tiff that is higher than its strip", bytes: changed({ [Tag.Height]: 4000 }), expected: "CorruptImage" },
    { name: "tiff of 64 bits", bytes: changed({ [Tag.BitsPerSample]: 64 }), expected: "CorruptImage" },
    { name: "tiff of 7 bits", bytes: changed({ [Tag.BitsPerSample]: 7 }), expected: "CorruptImage" },
    {
      name: "tiff of 65,535 samples a pixel",
      bytes: changed({ [Tag.SamplesPerPixel]: 65_535 }),
      expected: "CorruptImage",
    },
    { name: "tiff of no samples a pixel", bytes: changed({ [Tag.SamplesPerPixel]: 0 }), expected: "CorruptImage" },
    { name: "tiff of an unknown compression", bytes: changed({ [Tag.Compression]: 51_234 }), expected: "CorruptImage" },
    { name: "tiff of jpeg without tables", bytes: changed({ [Tag.Compression]: 7 }), expected: "CorruptImage" },
    { name: "tiff of old jpeg", bytes: changed({ [Tag.Compression]: 6 }), expected: "CorruptImage" },
    { name: "tiff of lzw that is none", bytes: changed({ [Tag.Compression]: 5 }), expected: "CorruptImage" },
    {
      name: "tiff of fax that is none",
      bytes: changed({ [Tag.Compression]: 4, [Tag.BitsPerSample]: 1 }),
      expected: [WIDTH, HEIGHT],
    },
    {
      name: "tiff of an unknown colour space",
      bytes: changed({ [Tag.Photometric]: 40_000 }),
      expected: "CorruptImage",
    },
    { name: "tiff of a palette without one", bytes: changed({ [Tag.Photometric]: 3 }), expected: [WIDTH, HEIGHT] },
    {
      name: "tiff whose deflated strip is 64 MiB",
      bytes: deflated(Buffer.alloc(64 * 1024 * 1024)),
      expected: [WIDTH, HEIGHT],
    },
    { name: "tiff whose deflated strip is short", bytes: deflated(Buffer.alloc(9)), expected: "CorruptImage" },
    {
      name: "tiff of 4 billion strips",
      bytes: tiff(
        [
          ...greyTags(WIDTH, HEIGHT, { [Tag.StripOffsets]: null }),
          { tag: Tag.StripOffsets, values: [TIFF_DATA], count: LONGEST },
        ],
        SAMPLES,
      ),
      expected: "CorruptImage",
    },
    {
      name: "tiff of a tile of 65,520 x 65,520",
      bytes: tiff(
        [
          ...greyTags(WIDTH, HEIGHT, {
            [Tag.StripOffsets]: null,
            [Tag.StripByteCounts]: null,
            [Tag.RowsPerStrip]: null,
          }),
          ...tile(65_520),
        ],
        SAMPLES,
      ),
      expected: "CorruptImage",
    },
    {
      name: "tiff of a tile of no size",
      bytes: tiff(
        [
          ...greyTags(WIDTH, HEIGHT, {
            [Tag.StripOffsets]: null,
            [Tag.StripByteCounts]: null,
            [Tag.RowsPerStrip]: null,
          }),
          ...tile(0),
        ],
        SAMPLES,
      ),
      expected: "CorruptImage",
    },
    { name: "tiff of an empty directory", bytes: tiff([]), expected: "CorruptImage" },
    {
      name: "tiff of a directory outside",
      bytes: Buffer.from("II*\0\xff\xff\xff\x7f", "latin1"),
      expected: "CorruptImage",
    },
    { name: "tiff of a header alone", bytes: Buffer.from("MM\0*", "latin1"), expected: "CorruptImage" },
    {
      name: "tiff of a directory of 65,535 entries",
      bytes: Buffer.from("II*\0\x08\0\0\0\xff\xff", "latin1"),
      expected: "CorruptImage",
    },
  ];
}

function deflated(samples: Uint8Array): Buffer {
  const data = deflateSync(samples);
  return changed({ [Tag.Compression]: 8, [Tag.StripByteCounts]: data.length }, data);
}

function tile(side: number) {
  return [
    { tag: Tag.TileWidth, values: [side] },
    { tag: Tag.TileLength, values: [side] },
    { tag: Tag.TileOffsets, values: [TIFF_DATA] },
    { tag: Tag.TileByteCounts, values: [SAMPLES.length] },
  ];
}
