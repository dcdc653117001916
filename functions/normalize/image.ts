import { Channels, Fit, Icc, Orientation, type Transformation } from "../../contracts/transformation";
import type { Raster } from "./areaResize";
import { assertTimeLeft, NO_DEADLINE, type TimeLeft } from "./deadline";
import { decodeImage } from "./decodeImage";
import { encodeImage } from "./encodeImage";
import { NormalizeError } from "./errors";
import { fastDecode } from "./fastJpeg";
import { fastPng } from "./fastPng";
import { fastWebp } from "./fastWebp";
import { cropRaster, frame, padRaster } from "./framing";
import { toGrey, toRgb } from "./grey";
import { isDecodedFormat } from "./imageFormat";
import { functionPixelLimit, jpegKindOf, type PixelKind } from "./imageLimits";
import { backgroundSamples, placeholder } from "./placeholder";
import { resizeRaster } from "./resizeRaster";

/** A transformed object. */
export interface Transformed {
  readonly bytes: Uint8Array;
  /** MIME type of the bytes. */
  readonly contentType: string;
  /** Further metadata of the answer, without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What an original may be, so that no object exhausts the function. */
export interface ImageLimits {
  /** Bytes of the object as stored. */
  readonly bytes: number;
  /** Pixels of one decoded frame; less when the function's memory is less, see functionPixelLimit. */
  readonly pixels: number;
}

/** 32 MiB and 50 megapixels: the largest frame of today's cameras decodes to 150 MB. */
export const DEFAULT_IMAGE_LIMITS: ImageLimits = { bytes: 32 * 1024 * 1024, pixels: 50_000_000 };

/**
 * Normalises one image: decode and turn upright, resize by area, grey if asked, encode.
 * @param bytes the original object, in one of the formats of {@link isDecodedFormat}
 * @param transformation validated options
 * @param left how long somebody waits for it
 * @throws NormalizeError EmptyObject, TooManyBytes, UnsupportedFormat, TooManyPixels or CorruptImage, unless the
 *   transformation asks for a placeholder; TransformationTimeout
 */
export async function normalizeImage(
  bytes: Uint8Array,
  transformation: Transformation,
  limits: ImageLimits = DEFAULT_IMAGE_LIMITS,
  left: TimeLeft = NO_DEADLINE,
): Promise<Transformed> {
  try {
    const pixels = await normalizePixels(bytes, transformation, limits, left);
    assertTimeLeft(left);
    return await encodeImage(pixels, transformation);
  } catch (error) {
    const standIn = error instanceof NormalizeError ? await placeholder(transformation, error) : undefined;
    if (standIn === undefined) throw error;
    return standIn;
  }
}

/**
 * The picture before it is encoded: one channel of luma, or three of sRGB.
 *
 * The order and the arithmetic are OpenCV's (`imdecode`, `resize` with INTER_AREA, `cvtColor` BGR2GRAY), so that what
 * a model is trained on equals what other pipelines compute.
 * @throws NormalizeError EmptyObject, TooManyBytes, UnsupportedFormat, TooManyPixels, CorruptImage or TransformationTimeout
 */
export async function normalizePixels(
  bytes: Uint8Array,
  transformation: Transformation,
  limits: ImageLimits = DEFAULT_IMAGE_LIMITS,
  left: TimeLeft = NO_DEADLINE,
): Promise<Raster> {
  if (bytes.length === 0) throw new NormalizeError("EmptyObject");
  if (bytes.length > limits.bytes) {
    throw new NormalizeError("TooManyBytes", `Given ${bytes.length}; allowed: ${limits.bytes}.`);
  }
  if (!isDecodedFormat(bytes)) throw new NormalizeError("UnsupportedFormat");
  const fast = await fastPixels(bytes, transformation, limits);
  return fast ?? (await generalPixels(bytes, transformation, limits, left));
}

/** Undefined when the general path must do it: for another format, for options it does not have, for what is damaged. */
async function fastPixels(
  bytes: Uint8Array,
  { width, height, fit, channels, orientation, icc }: Transformation,
  limits: ImageLimits,
): Promise<Raster | undefined> {
  if (fit !== Fit.Fill || orientation !== Orientation.Exif || icc !== Icc.Ignore) return undefined;
  const wanted = channels === Channels.Grey ? 1 : 3;
  const allowed = (kind: PixelKind): number => Math.min(limits.pixels, functionPixelLimit(kind));
  const kind = jpegKindOf(bytes);
  if (kind !== undefined) return fastDecode(bytes, width, height, wanted, allowed(kind));
  const webp = wanted === 1 ? fastWebp(bytes, width, height, allowed("webp")) : undefined;
  if (webp !== undefined) return webp;
  const png = fastPng(bytes, width, height, wanted, allowed("png"));
  return png !== undefined && wanted === 3 ? toRgb(png) : png;
}

async function generalPixels(
  bytes: Uint8Array,
  transformation: Transformation,
  limits: ImageLimits,
  left: TimeLeft,
): Promise<Raster> {
  const decoded = await decodeImage(bytes, transformation, limits, left);
  const framing = frame(decoded, transformation);
  const resized = resizeRaster(cropRaster(decoded, framing.crop), framing.place.width, framing.place.height);
  const coloured = transformation.channels === Channels.Grey ? toGrey(resized) : toRgb(resized);
  return padRaster(coloured, framing, backgroundSamples(transformation));
}
