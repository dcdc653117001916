import sharp, { type Sharp } from "sharp";
import { seededRandom } from "./seededRandom";

/** Size of the base pictures. */
export const BASE = { width: 96, height: 80 };

/** One picture, as each decoder's format has it. */
export const BASE_FORMATS = [
  "jpeg",
  "progressive",
  "png",
  "interlaced",
  "gif",
  "webp",
  "lossless",
  "tiff",
  "deflated",
  "avif",
] as const;

/** A format of {@link BASE_FORMATS}. */
export type BaseFormat = (typeof BASE_FORMATS)[number];

/** A picture with slopes, edges and grain, so that every byte of its file matters. */
export function basePicture(): Sharp {
  const { width, height } = BASE;
  const random = seededRandom(4);
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const edge = (x >> 4) % 2 === (y >> 4) % 2 ? 60 : 0;
      const at = (y * width + x) * 3;
      data[at] = x * 2 + random(24);
      data[at + 1] = y * 2 + edge / 2 + random(24);
      data[at + 2] = 90 + edge + random(24);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** The file of {@link basePicture} in each format. */
export async function basePictures(): Promise<Readonly<Record<BaseFormat, Buffer>>> {
  const picture = basePicture();
  const as = (encode: (image: Sharp) => Sharp): Promise<Buffer> => encode(picture.clone()).toBuffer();
  return {
    jpeg: await as((image) => image.jpeg({ quality: 90 })),
    progressive: await as((image) => image.jpeg({ quality: 90, progressive: true })),
    png: await as((image) => image.png()),
    interlaced: await as((image) => image.png({ progressive: true })),
    gif: await as((image) => image.gif({ effort: 1 })),
    webp: await as((image) => image.webp({ effort: 0 })),
    lossless: await as((image) => image.webp({ lossless: true, effort: 0 })),
    tiff: await as((image) => image.tiff({ compression: "none" })),
    deflated: await as((image) => image.tiff({ compression: "deflate" })),
    avif: await as((image) => image.avif({ effort: 0 })),
  };
}
