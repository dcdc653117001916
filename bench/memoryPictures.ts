import sharp, { type Sharp } from "sharp";

/** How each kind of picture is encoded; the width is in pixels. */
export const MEMORY_PICTURES: Readonly<Record<string, (picture: Sharp, width: number) => Sharp>> = {
  "JPEG, baseline": (picture) => picture.jpeg({ quality: 90 }),
  "JPEG, baseline, turned": (picture) => picture.withMetadata({ orientation: 6 }).jpeg({ quality: 90 }),
  "JPEG, progressive": (picture) => picture.jpeg({ quality: 90, progressive: true }),
  "JPEG, progressive, 4:4:4": (picture) => picture.jpeg({ quality: 90, progressive: true, chromaSubsampling: "4:4:4" }),
  "JPEG, progressive, inks": (picture) =>
    picture.toColourspace("cmyk").jpeg({ quality: 70, progressive: true, chromaSubsampling: "4:4:4" }),
  "PNG, 8 bits": (picture) => picture.png({ compressionLevel: 1 }),
  "PNG, 8 bits, interlaced": (picture) => picture.png({ compressionLevel: 1, progressive: true }),
  "PNG, 16 bits": (picture) => picture.toColourspace("rgb16").png({ compressionLevel: 1 }),
  "PNG, 16 bits, alpha, interlaced": (picture) =>
    picture.ensureAlpha(0.5).toColourspace("rgb16").png({ compressionLevel: 6, progressive: true }),
  WebP: (picture) => picture.webp({ effort: 0 }),
  "WebP, lossless, alpha": (picture) => picture.ensureAlpha(0.5).webp({ lossless: true, effort: 0 }),
  GIF: (picture) => picture.gif({ effort: 1, dither: 0 }),
  "TIFF, deflate": (picture) => picture.tiff({ compression: "deflate" }),
  "TIFF, 16 bits, one strip of rows": (picture) => picture.toColourspace("rgb16").tiff({ compression: "lzw" }),
  "TIFF, 16 bits, alpha, large tiles": (picture, width) =>
    picture
      .ensureAlpha(0.5)
      .toColourspace("rgb16")
      .tiff({ compression: "deflate", tile: true, ...tiles(width) }),
  "AVIF, 4:4:4": (picture) => picture.avif({ effort: 0, chromaSubsampling: "4:4:4" }),
  "AVIF, 12 bits": (picture) => picture.avif({ effort: 0, bitdepth: 12 }),
};

/** Tiles of about a third of the picture's width: each row of tiles is decoded whole, and libvips refuses tiles much larger than the picture. */
function tiles(width: number): { readonly tileWidth: number; readonly tileHeight: number } {
  const side = Math.ceil(width / 3 / 16) * 16;
  return { tileWidth: side, tileHeight: side };
}

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
