import { Channels, OnBadImage, type Transformation } from "../../contracts/transformation";
import { encodeImage } from "./encodeImage";
import type { NormalizeError } from "./errors";
import { plainRaster } from "./framing";
import { luma } from "./grey";
import type { Transformed } from "./image";

/** Metadata key that flags a placeholder; its value is the code of what was wrong with the image. */
export const PLACEHOLDER_METADATA = "frugal-ml-placeholder";

/** Codes that are the image's fault. Everything else fails, whatever `onBadImage` says. */
const BAD_IMAGE: readonly string[] = [
  "EmptyObject",
  "UnsupportedFormat",
  "CorruptImage",
  "TooManyBytes",
  "TooManyPixels",
];

/** Whether an error lies in the image itself, so that another try would end alike. */
export function isBadImage(error: NormalizeError): boolean {
  return BAD_IMAGE.includes(error.code);
}

/**
 * What stands in for an image that cannot be read: a picture of the background's colour, flagged in its metadata.
 * @returns undefined when the transformation says to fail, or when the image is not to blame
 */
export async function placeholder(
  transformation: Transformation,
  error: NormalizeError,
): Promise<Transformed | undefined> {
  if (transformation.onBadImage !== OnBadImage.Placeholder || !isBadImage(error)) return undefined;
  const { width, height } = transformation;
  const plain = plainRaster(width, height, backgroundSamples(transformation));
  const encoded = await encodeImage(plain, transformation);
  return { ...encoded, metadata: { ...encoded.metadata, [PLACEHOLDER_METADATA]: error.code } };
}

/** The background's colour as samples of the result: one for grey, three for rgb. */
export function backgroundSamples({
  background,
  channels,
}: Pick<Transformation, "background" | "channels">): readonly number[] {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16));
  return channels === Channels.Grey ? [luma(red, green, blue)] : [red, green, blue];
}
