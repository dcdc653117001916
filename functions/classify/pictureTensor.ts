import type { Sharp } from "sharp";
import { type ClassifierInput, InputChannels, InputLayout } from "../../contracts/classifierInput";
import type { ClassifyLimits } from "../../contracts/classifyLimits";
import { firstFrame } from "../normalize/firstFrame";
import { generalCodecs } from "../normalize/generalCodecs";
import { isDecodedFormat } from "../normalize/imageFormat";
import { type PixelKind, pixelKind } from "../normalize/imageLimits";
import { ClassifyError } from "./errors";

/** Weights of BT.601's luma, by which a picture becomes grey. */
const LUMA = [0.299, 0.587, 0.114] as const;
/** Channels of the decoded picture, always sRGB. */
const RGB = 3;

/** First byte of a JPEG, whose decoder only warns of blocks that are missing; elsewhere warnings are no damage. */
const JPEG_START = 0xff;

/** What may be decoded. */
export interface PictureLimits extends Pick<ClassifyLimits, "bytes" | "pixels"> {
  /** Pixels that the function's memory leaves room for. */
  memoryPixels(kind: PixelKind): number;
}

/**
 * Decodes a picture, turned upright, to the numbers that a model expects: resized bilinearly, each sample less the mean
 * and times the scale. Only the first frame of an animation is read; transparency is dropped.
 * @throws ClassifyError EmptyImage, TooManyBytes, UnsupportedFormat, TooManyPixels (before anything is decoded) or
 *   CorruptImage
 */
export async function pictureTensor(
  bytes: Uint8Array,
  input: ClassifierInput,
  limits: PictureLimits,
): Promise<Float32Array> {
  if (bytes.length === 0) throw new ClassifyError("EmptyImage");
  if (bytes.length > limits.bytes) {
    throw new ClassifyError("TooManyBytes", `Given ${bytes.length}; allowed: ${limits.bytes}.`);
  }
  if (!isDecodedFormat(bytes)) throw new ClassifyError("UnsupportedFormat");
  const { width, height, fit } = input;
  const failOn = bytes[0] === JPEG_START ? "warning" : "error";
  const picture = generalCodecs()(firstFrame(bytes), { failOn, limitInputPixels: false, sequentialRead: true });
  await assertPixels(picture, limits);
  try {
    const { data, info } = await picture
      .autoOrient()
      .resize(width, height, { fit, kernel: "linear" })
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return tensorOf(inThreeChannels(data, info.channels), input);
  } catch (cause) {
    throw new ClassifyError("CorruptImage", undefined, { cause });
  }
}

async function assertPixels(picture: Sharp, limits: PictureLimits): Promise<void> {
  let pixels: number;
  let allowed: number;
  try {
    const header = await picture.metadata();
    pixels = header.width * header.height;
    allowed = Math.min(limits.pixels, limits.memoryPixels(pixelKind(header)));
  } catch (cause) {
    throw new ClassifyError("CorruptImage", undefined, { cause });
  }
  if (pixels > allowed) throw new ClassifyError("TooManyPixels", `Given ${pixels}; allowed: ${allowed}.`);
}

/** Pictures without colour come with one channel, whatever is asked. */
function inThreeChannels(samples: Uint8Array, channels: number): Uint8Array {
  if (channels === RGB) return samples;
  if (channels !== 1) throw new Error(`decoded to ${channels} channels`);
  return Uint8Array.from({ length: samples.length * RGB }, (_, at) => samples[Math.floor(at / RGB)] ?? 0);
}

/** Samples of sRGB, pixel by pixel, as the model's input. */
export function tensorOf(samples: Uint8Array, { channels, layout, mean, scale }: ClassifierInput): Float32Array {
  const pixels = samples.length / RGB;
  const depth = channels === InputChannels.Grey ? 1 : RGB;
  const tensor = new Float32Array(pixels * depth);
  const [step, plane] = layout === InputLayout.Nchw ? [1, pixels] : [depth, 1];
  for (let channel = 0; channel < depth; channel++) {
    const [less, times] = [mean[channel] ?? mean[0] ?? 0, scale[channel] ?? scale[0] ?? 1];
    const source = channels === InputChannels.Bgr ? RGB - 1 - channel : channel;
    let at = channel * plane;
    for (let from = 0; from < samples.length; from += RGB, at += step) {
      const sample = depth === 1 ? luma(samples, from) : (samples[from + source] ?? 0);
      tensor[at] = (sample - less) * times;
    }
  }
  return tensor;
}

function luma(samples: Uint8Array, at: number): number {
  const [red, green, blue] = [samples[at] ?? 0, samples[at + 1] ?? 0, samples[at + 2] ?? 0];
  return Math.round(LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue);
}
