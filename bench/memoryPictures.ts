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

/** A picture with slopes and grain, so that 24 megapixels of any kind stay within the limit on bytes. */
export function picture(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[at] = ((at / 3) % width) / (width / 200) + (state >>> 30);
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}
