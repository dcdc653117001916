import sharp, { type Sharp } from "sharp";

/** How each kind of picture is encoded. */
export const MEMORY_PICTURES: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  "JPEG, baseline": (picture) => picture.jpeg({ quality: 90 }),
  "JPEG, baseline, turned": (picture) => picture.withMetadata({ orientation: 6 }).jpeg({ quality: 90 }),
  "JPEG, progressive": (picture) => picture.jpeg({ quality: 90, progressive: true }),
  "PNG, 8 bits": (picture) => picture.png({ compressionLevel: 1 }),
  "PNG, 8 bits, interlaced": (picture) => picture.png({ compressionLevel: 1, progressive: true }),
  "PNG, 16 bits": (picture) => picture.toColourspace("rgb16").png({ compressionLevel: 1 }),
  WebP: (picture) => picture.webp({ effort: 0 }),
  GIF: (picture) => picture.gif({ effort: 1, dither: 0 }),
  "TIFF, deflate": (picture) => picture.tiff({ compression: "deflate" }),
  "TIFF, 16 bits, one strip of rows": (picture) => picture.toColourspace("rgb16").tiff({ compression: "lzw" }),
  AVIF: (picture) => picture.avif({ effort: 0 }),
};

/** One in so many blocks of this side, in pixels, has grain; the others are smooth, as sky or a wall is. */
const BLOCK = 64;
const BLOCKS_PER_GRAIN = 5;

/** A picture with slopes, and with strong grain in parts of it. */
export function picture(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const slope = x / (width / 200);
      const isGrainy = (Math.floor(x / BLOCK) + Math.floor(y / BLOCK)) % BLOCKS_PER_GRAIN === 0;
      for (let channel = 0; channel < 3; channel++, at++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        data[at] = slope + (isGrainy ? state >>> 27 : 0);
      }
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}
