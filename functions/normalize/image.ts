import sharp, { type Sharp } from "sharp";
import { Channels, type Transformation } from "../../contracts/transformation";
import { areaResize, type Raster } from "./areaResize";
import { NormalizeError } from "./errors";

/** A transformed object. */
export interface Transformed {
  readonly bytes: Uint8Array;
  /** MIME type of the bytes. */
  readonly contentType: string;
}

/** What an original may be, so that no object exhausts the function. */
export interface ImageLimits {
  /** Bytes of the object as stored. */
  readonly bytes: number;
  /** Pixels of one decoded frame. */
  readonly pixels: number;
}

/** 32 MiB and 50 megapixels: the largest frame of today's cameras decodes to 150 MB. */
export const DEFAULT_IMAGE_LIMITS: ImageLimits = { bytes: 32 * 1024 * 1024, pixels: 50_000_000 };

/** First bytes of the formats that are decoded. Everything else, SVG and PDF above all, never reaches a decoder. */
const SIGNATURES: readonly { readonly at: number; readonly bytes: string }[] = [
  { at: 0, bytes: "\xff\xd8\xff" },
  { at: 0, bytes: "\x89PNG\r\n\x1a\n" },
  { at: 8, bytes: "WEBP" },
  { at: 0, bytes: "GIF8" },
  { at: 0, bytes: "II*\0" },
  { at: 0, bytes: "MM\0*" },
  { at: 4, bytes: "ftypavif" },
];

// One request at a time in one execution environment: threads and caches only cost memory there.
sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Nsgif", "Tiff", "Heif"].map((format) => `VipsForeignLoad${format}`),
});

/**
 * Normalises one image and encodes it as JPEG.
 * @param bytes the original object, in one of the formats of {@link NORMALIZE_ERRORS}' `UnsupportedFormat`
 * @param transformation validated options
 * @throws NormalizeError EmptyObject, TooManyBytes, UnsupportedFormat, TooManyPixels or CorruptImage
 */
export async function normalizeImage(
  bytes: Uint8Array,
  transformation: Transformation,
  limits: ImageLimits = DEFAULT_IMAGE_LIMITS,
): Promise<Transformed> {
  const pixels = await normalizePixels(bytes, transformation, limits);
  return { bytes: await encodeJpeg(pixels, transformation.quality), contentType: "image/jpeg" };
}

/**
 * The pixels before they are encoded: decode and turn upright by EXIF, resize by area, grey by BT.601 if asked.
 * The order and the arithmetic are OpenCV's (`imdecode`, `resize` with INTER_AREA, `cvtColor` BGR2GRAY), so that what
 * a model is trained on equals what other pipelines compute; an embedded ICC profile is ignored as there. Only the
 * first frame of an animation is read; transparency is dropped, not blended.
 * @throws NormalizeError as {@link normalizeImage} does
 */
export async function normalizePixels(
  bytes: Uint8Array,
  transformation: Transformation,
  limits: ImageLimits = DEFAULT_IMAGE_LIMITS,
): Promise<Raster> {
  if (bytes.length === 0) throw new NormalizeError("EmptyObject");
  if (bytes.length > limits.bytes) {
    throw new NormalizeError("TooManyBytes", `Given ${bytes.length}; allowed: ${limits.bytes}.`);
  }
  if (!SIGNATURES.some(({ at, bytes: expected }) => startsWith(bytes, at, expected))) {
    throw new NormalizeError("UnsupportedFormat");
  }
  const decoded = await decode(bytes, limits);
  const resized = areaResize(decoded, transformation.width, transformation.height);
  return transformation.channels === Channels.Grey ? toGrey(resized) : resized;
}

function startsWith(bytes: Uint8Array, at: number, expected: string): boolean {
  if (bytes.length < at + expected.length) return false;
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected.charCodeAt(i)) return false;
  return true;
}

async function decode(bytes: Uint8Array, limits: ImageLimits): Promise<Raster> {
  const input = sharp(bytes, { failOn: "error", limitInputPixels: false, ignoreIcc: true, sequentialRead: true });
  await assertPixels(input, limits);
  try {
    const { data, info } = await input
      .autoOrient()
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  } catch (cause) {
    throw new NormalizeError("CorruptImage", undefined, { cause });
  }
}

async function assertPixels(input: Sharp, limits: ImageLimits): Promise<void> {
  let pixels: number;
  try {
    const { width, height } = await input.metadata();
    pixels = width * height;
  } catch (cause) {
    throw new NormalizeError("CorruptImage", undefined, { cause });
  }
  if (pixels > limits.pixels) throw new NormalizeError("TooManyPixels", `Given ${pixels}; allowed: ${limits.pixels}.`);
}

/** BT.601 luma with OpenCV's fixed-point weights (2^15 ths, rounded). */
function toGrey(raster: Raster): Raster {
  const { width, height, channels, data } = raster;
  if (channels === 1) return raster;
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    grey[i] = (9798 * red + 19235 * green + 3735 * blue + 16384) >> 15;
  }
  return { data: grey, width, height, channels: 1 };
}

async function encodeJpeg(raster: Raster, quality: number): Promise<Uint8Array> {
  const { width, height, data } = raster;
  const channels = raster.channels === 1 ? 1 : 3;
  return sharp(data, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .jpeg({ quality, chromaSubsampling: "4:2:0" })
    .toBuffer();
}
