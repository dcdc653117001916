import type { Sharp } from "sharp";
import { Icc, Orientation, type Transformation } from "../../contracts/transformation";
import type { Raster } from "./areaResize";
import { assertTimeLeft, type TimeLeft } from "./deadline";
import { NormalizeError } from "./errors";
import { firstFrame } from "./firstFrame";
import { generalCodecs } from "./generalCodecs";
import type { ImageLimits } from "./image";
import { functionPixelLimit, pixelKind } from "./imageLimits";

/**
 * First byte of a JPEG. Its decoder only warns of blocks that are missing, and leaves them grey. Elsewhere a warning is
 * nothing to refuse a picture for: TIFF warns of every private tag.
 */
const JPEG_START = 0xff;

/** Most seconds that sharp takes as a timeout. */
const MAX_STOP_SECONDS = 3600;

/**
 * Decodes an image of any accepted format to 8-bit sRGB, or to one channel when it has no colour. The general way:
 * libvips. Only the first frame of an animation is read; transparency is dropped, not blended, as OpenCV does.
 * @param left how long somebody waits for it; then libvips stops at the next row that it takes from the decoder. What a
 *   decoder does in one piece (interlaced PNG, WebP, AVIF, the coefficients of a progressive JPEG) it ends first
 * @throws NormalizeError TooManyPixels, before anything is decoded, CorruptImage or TransformationTimeout
 */
export async function decodeImage(
  bytes: Uint8Array,
  { orientation, icc }: Pick<Transformation, "orientation" | "icc">,
  limits: ImageLimits,
  left: TimeLeft,
): Promise<Raster> {
  const ignoreIcc = icc === Icc.Ignore;
  const failOn = bytes[0] === JPEG_START ? "warning" : "error";
  const input = generalCodecs()(firstFrame(bytes), {
    failOn,
    limitInputPixels: false,
    ignoreIcc,
    sequentialRead: true,
  });
  await assertPixels(input, limits);
  assertTimeLeft(left);
  const upright = orientation === Orientation.Exif ? input.autoOrient() : input;
  try {
    const { data, info } = await upright
      .toColourspace("srgb")
      .removeAlpha()
      .timeout({ seconds: stopSeconds(left()) })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  } catch (cause) {
    throw new NormalizeError(left() <= 0 ? "TransformationTimeout" : "CorruptImage", undefined, { cause });
  }
}

/** Seconds after which sharp stops a decoder: it counts whole ones, at most an hour, and 0 is never. Rounded up, so that nothing is stopped that somebody waits for. */
function stopSeconds(leftMs: number): number {
  return leftMs > MAX_STOP_SECONDS * 1000 ? 0 : Math.ceil(leftMs / 1000);
}

async function assertPixels(input: Sharp, limits: ImageLimits): Promise<void> {
  let pixels: number;
  let allowed: number;
  try {
    const header = await input.metadata();
    pixels = header.width * header.height;
    allowed = Math.min(limits.pixels, functionPixelLimit(pixelKind(header)));
  } catch (cause) {
    throw new NormalizeError("CorruptImage", undefined, { cause });
  }
  if (pixels > allowed) throw new NormalizeError("TooManyPixels", `Given ${pixels}; allowed: ${allowed}.`);
}
