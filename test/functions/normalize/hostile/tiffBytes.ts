/** One entry of a TIFF directory (TIFF 6.0, section 2). */
export interface TiffTag {
  readonly tag: number;
  /** 1 BYTE, 3 SHORT, 4 LONG; LONG unless told. */
  readonly type?: number;
  /** One value is kept in the entry; several are put behind the directory, as LONG. */
  readonly values: readonly number[];
  /** Count that the entry says; as many as there are values unless told. */
  readonly count?: number;
}

/** Tags of a picture (TIFF 6.0, section 8). */
export const Tag = {
  Width: 256,
  Height: 257,
  BitsPerSample: 258,
  Compression: 259,
  Photometric: 262,
  StripOffsets: 273,
  SamplesPerPixel: 277,
  RowsPerStrip: 278,
  StripByteCounts: 279,
  PlanarConfiguration: 284,
  TileWidth: 322,
  TileLength: 323,
  TileOffsets: 324,
  TileByteCounts: 325,
} as const;

/** Bytes of a header, where the data of {@link tiff} begins. */
export const TIFF_DATA = 8;

/**
 * A little-endian TIFF of one directory.
 * @param data lies right behind the header, at {@link TIFF_DATA}
 * @param next offset of the next directory, or `self`; 0, none, unless told
 */
export function tiff(tags: readonly TiffTag[], data: Uint8Array = new Uint8Array(), next: number | "self" = 0): Buffer {
  const at = TIFF_DATA + data.length + (data.length % 2);
  const header = Buffer.from("II*\0\0\0\0\0", "latin1");
  header.writeUInt32LE(at, 4);
  const padding = Buffer.alloc(at - TIFF_DATA - data.length);
  return Buffer.concat([header, data, padding, tiffDirectory(tags, at, next === "self" ? at : next)]);
}

/** A directory that lies at an offset. */
export function tiffDirectory(tags: readonly TiffTag[], at: number, next: number): Buffer {
  const sorted = [...tags].sort((a, b) => a.tag - b.tag);
  const directory = Buffer.alloc(2 + sorted.length * 12 + 4);
  directory.writeUInt16LE(sorted.length, 0);
  const behind: Buffer[] = [];
  let free = at + directory.length;
  for (const [index, { tag, type = 4, values, count }] of sorted.entries()) {
    const entry = 2 + index * 12;
    directory.writeUInt16LE(tag, entry);
    directory.writeUInt16LE(type, entry + 2);
    directory.writeUInt32LE(count ?? values.length, entry + 4);
    if (values.length > 1) {
      const longs = Buffer.alloc(values.length * 4);
      for (const [i, value] of values.entries()) longs.writeUInt32LE(value >>> 0, i * 4);
      directory.writeUInt32LE(free, entry + 8);
      behind.push(longs);
      free += longs.length;
    } else {
      directory.writeUInt32LE((values[0] ?? 0) >>> 0, entry + 8);
    }
  }
  directory.writeUInt32LE(next, directory.length - 4);
  return Buffer.concat([directory, ...behind]);
}

/** Tags of a grey picture of one uncompressed strip at {@link TIFF_DATA}, some of them replaced or left out. */
export function greyTags(
  width: number,
  height: number,
  changed: Readonly<Record<number, number | null>> = {},
): TiffTag[] {
  const tags: Record<number, number | null> = {
    [Tag.Width]: width,
    [Tag.Height]: height,
    [Tag.BitsPerSample]: 8,
    [Tag.Compression]: 1,
    [Tag.Photometric]: 1,
    [Tag.StripOffsets]: TIFF_DATA,
    [Tag.SamplesPerPixel]: 1,
    [Tag.RowsPerStrip]: height,
    [Tag.StripByteCounts]: width * height,
    ...changed,
  };
  return Object.entries(tags).flatMap(([tag, value]) =>
    value === null ? [] : [{ tag: Number(tag), values: [value] }],
  );
}
