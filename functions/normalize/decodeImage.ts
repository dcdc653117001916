import type { Sharp } from "sharp";
import { Icc, Orientation, type Transformation } from "../../contracts/transformation";
import type { Raster } from "./areaResize";
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

/**
 * Decodes an image of any accepted format to 8-bit sRGB, or to one channel when it has no colour. The general way:
 * libvips. Only the first frame of an animation is read; transparency is dropped, not blended, as OpenCV does.
 * @throws NormalizeError TooManyPixels, before anything is decoded, or CorruptImage
 */
export async function decodeImage(
  bytes: Uint8Array,
  { orientation, icc }: Pick<Transformation, "orientation" | "icc">,
  limits: ImageLimits,
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
  const upright = orientation === Orientation.Exif ? input.autoOrient() : input;
  try {
    const { data, info } = await upright
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
  let allowed: number;
  try {
    const { width, height, format, isProgressive, depth } = await input.metadata();
    pixels = width * height;
    allowed = Math.min(limits.pixels, functionPixelLimit(pixelKind(format, isProgressive, depth)));
  } catch (cause) {
    throw new NormalizeError("CorruptImage", undefined, { cause });
  }
  if (pixels > allowed) throw new NormalizeError("TooManyPixels", `Given ${pixels}; allowed: ${allowed}.`);
}
