import { Format, type Transformation } from "../../contracts/transformation";
import type { Raster } from "./areaResize";
import { fastEncode } from "./fastJpeg";
import { generalCodecs } from "./generalCodecs";

/** MIME type of each format. */
const CONTENT_TYPES = {
  [Format.Jpeg]: "image/jpeg",
  [Format.Png]: "image/png",
  [Format.Raw]: "application/octet-stream",
  [Format.Npy]: "application/x-npy",
} as const;

/** Metadata key that gives the result's height, width and channels: a raw result cannot tell them itself. */
export const SHAPE_METADATA = "frugal-ml-shape";

/** An encoded picture, and its shape as metadata. */
interface Encoded {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Encodes a picture of one or three channels. */
export async function encodeImage(
  raster: Raster,
  { format, quality }: Pick<Transformation, "format" | "quality">,
): Promise<Encoded> {
  const shape = `${raster.height}x${raster.width}x${raster.channels}`;
  const bytes = await encode(raster, format, quality);
  return { bytes, contentType: CONTENT_TYPES[format], metadata: { [SHAPE_METADATA]: shape } };
}

async function encode(raster: Raster, format: Format, quality: number): Promise<Uint8Array> {
  if (format === Format.Raw) return raster.data;
  if (format === Format.Npy) return Buffer.concat([npyHeader(raster), raster.data]);
  const fast = format === Format.Jpeg ? fastEncode(raster, quality) : undefined;
  if (fast !== undefined) return fast;
  const { width, height, data } = raster;
  const channels = raster.channels === 1 ? 1 : 3;
  const picture = generalCodecs()(data, { raw: { width, height, channels } }).toColourspace(
    channels === 1 ? "b-w" : "srgb",
  );
  const encoded = format === Format.Png ? picture.png() : picture.jpeg({ quality, chromaSubsampling: "4:2:0" });
  return encoded.toBuffer();
}

/** Header of NumPy's format 1.0 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html), 64-byte aligned. */
function npyHeader({ width, height, channels }: Raster): Uint8Array {
  const shape = channels === 1 ? `(${height}, ${width})` : `(${height}, ${width}, ${channels})`;
  const description = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }`;
  const preamble = Buffer.from("\x93NUMPY\x01\x00\0\0", "latin1");
  const length = Math.ceil((preamble.length + description.length + 1) / 64) * 64 - preamble.length;
  preamble.writeUInt16LE(length, 8);
  return Buffer.concat([preamble, Buffer.from(`${description.padEnd(length - 1)}\n`, "latin1")]);
}
