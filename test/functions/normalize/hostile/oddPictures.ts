import sharp from "sharp";
import { BASE, basePicture } from "./basePictures";
import type { HostileInput } from "./hostileInput";
import { Marker, segment, withSegments } from "./jpegBytes";
import { blankLines, type PngHeader, png, pngChunk } from "./pngBytes";

const GOOD = [BASE.width, BASE.height] as const;

/** Pictures that are good and seldom seen: none may be refused. */
export async function oddPictures(jpeg: Uint8Array): Promise<readonly HostileInput[]> {
  const picture = basePicture();
  const one = sharp({ create: { width: 1, height: 1, channels: 3, background: "#406080" } });
  const cmyk = await picture.clone().toColourspace("cmyk").jpeg().toBuffer();
  const encoded: Readonly<Record<string, Promise<Buffer>>> = {
    "jpeg, grey": picture.clone().toColourspace("b-w").jpeg().toBuffer(),
    "jpeg, cmyk": Promise.resolve(cmyk),
    "jpeg, ycck": Promise.resolve(asYcck(cmyk)),
    "jpeg, every chroma sample": picture.clone().jpeg({ chromaSubsampling: "4:4:4" }).toBuffer(),
    "jpeg of quality 1": picture.clone().jpeg({ quality: 1 }).toBuffer(),
    "png, 16 bits": picture.clone().toColourspace("rgb16").png().toBuffer(),
    "png, 16 bits, grey": picture.clone().toColourspace("grey16").png().toBuffer(),
    "png, transparent": picture.clone().ensureAlpha(0).png().toBuffer(),
    "png, palette": picture.clone().png({ palette: true, effort: 1 }).toBuffer(),
    "png, palette of two colours": picture.clone().png({ palette: true, colours: 2, effort: 1 }).toBuffer(),
    "tiff, 16 bits": picture.clone().toColourspace("rgb16").tiff({ compression: "none" }).toBuffer(),
    "tiff, 1 bit": picture.clone().toColourspace("b-w").tiff({ bitdepth: 1, compression: "none" }).toBuffer(),
    "tiff, cmyk": picture.clone().toColourspace("cmyk").tiff({ compression: "none" }).toBuffer(),
    "tiff, lab": picture.clone().toColourspace("lab").tiff({ compression: "none" }).toBuffer(),
    "tiff, float": picture
      .clone()
      .toColourspace("scrgb")
      .raw({ depth: "float" })
      .tiff({ compression: "none" })
      .toBuffer(),
    "tiff, lzw with prediction": picture.clone().tiff({ compression: "lzw", predictor: "horizontal" }).toBuffer(),
    "tiff, jpeg": picture.clone().tiff({ compression: "jpeg" }).toBuffer(),
    "tiff, tiles": picture.clone().tiff({ tile: true, tileWidth: 32, tileHeight: 32, compression: "none" }).toBuffer(),
    "tiff, pyramid": picture.clone().tiff({ tile: true, pyramid: true, tileWidth: 32, tileHeight: 32 }).toBuffer(),
    "webp, transparent": picture.clone().ensureAlpha(0.5).webp({ effort: 0 }).toBuffer(),
    "webp, animated": animation("webp"),
    "gif, animated": animation("gif"),
    "avif, 10 bits": picture
      .clone()
      .avif({ effort: 0, bitdepth: 10 })
      .toBuffer()
      .catch(() => picture.clone().avif({ effort: 0 }).toBuffer()),
    "avif, transparent": picture.clone().ensureAlpha(0.5).avif({ effort: 0 }).toBuffer(),
    "avif, lossless": picture.clone().avif({ effort: 0, lossless: true }).toBuffer(),
  };
  const single: Readonly<Record<string, Promise<Buffer>>> = {
    "jpeg of 1 x 1": one.clone().jpeg().toBuffer(),
    "progressive jpeg of 1 x 1": one.clone().jpeg({ progressive: true }).toBuffer(),
    "png of 1 x 1": one.clone().png().toBuffer(),
    "interlaced png of 1 x 1": one.clone().png({ progressive: true }).toBuffer(),
    "gif of 1 x 1": one.clone().gif().toBuffer(),
    "webp of 1 x 1": one.clone().webp().toBuffer(),
    "tiff of 1 x 1": one.clone().tiff().toBuffer(),
    "avif of 1 x 1": one.clone().avif({ effort: 0 }).toBuffer(),
  };
  const all = async (of: Readonly<Record<string, Promise<Buffer>>>, size: readonly [number, number]) =>
    Promise.all(Object.entries(of).map(async ([name, bytes]) => ({ name, bytes: await bytes, expected: size })));
  return [
    ...(await all(encoded, GOOD)),
    ...(await all(single, [1, 1])),
    ...smallDepths(),
    { name: "apng", bytes: animatedPng(), expected: [16, 12] },
    {
      name: "png of 65,500 x 1",
      bytes: png({ width: 65_500, height: 1 }, blankLines(65_500, 1)),
      expected: [65_500, 1],
    },
    {
      name: "png of 1 x 65,500",
      bytes: png({ width: 1, height: 65_500 }, blankLines(1, 65_500)),
      expected: [1, 65_500],
    },
    {
      name: "mpo",
      bytes: Buffer.concat([
        withSegments(jpeg, segment(Marker.App2, Buffer.from("MPF\0II*\0\x08\0\0\0\0\0", "latin1"))),
        jpeg,
      ]),
      expected: GOOD,
    },
  ];
}

/** PNGs of every depth below 8 bits. */
function smallDepths(): readonly HostileInput[] {
  const palette = pngChunk("PLTE", Buffer.from([0, 0, 0, 255, 255, 255]));
  return [1, 2, 4].flatMap((depth) => {
    const header: PngHeader = { width: 15, height: 7, depth };
    const lines = blankLines(15, 7, depth);
    return [
      { name: `png, ${depth} bits, grey`, bytes: png(header, lines), expected: [15, 7] as const },
      {
        name: `png, ${depth} bits, palette`,
        bytes: png({ ...header, colour: 3 }, lines, [palette]),
        expected: [15, 7] as const,
      },
    ];
  });
}

/** A PNG with the chunks of an animation of two frames, of which the second is broken. */
function animatedPng(): Buffer {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2, 0);
  const frame = Buffer.alloc(26);
  frame.writeUInt32BE(16, 4);
  frame.writeUInt32BE(12, 8);
  const chunks = [pngChunk("acTL", control), pngChunk("fcTL", frame), pngChunk("fdAT", Buffer.alloc(9))];
  return png({ width: 16, height: 12 }, blankLines(16, 12), chunks);
}

/** CMYK with the transform of Adobe's segment set to YCCK (T.872, 6.5.3). */
function asYcck(cmyk: Uint8Array): Buffer {
  const adobe = segment(Marker.App14, Buffer.from([...Buffer.from("Adobe"), 0, 100, 0, 0, 0, 0, 2]));
  const at = Buffer.from(cmyk).indexOf(Buffer.from("Adobe"));
  if (at < 0) return withSegments(cmyk, adobe);
  const bytes = Buffer.from(cmyk);
  bytes[at + 11] = 2;
  return bytes;
}

/** Three frames of the base size. */
function animation(format: "webp" | "gif"): Promise<Buffer> {
  const { width, height } = BASE;
  const data = Buffer.alloc(width * height * 3 * 3, 80);
  for (let at = width * height * 3; at < data.length; at++) data[at] = at % 251;
  return sharp(data, { raw: { width, height: height * 3, channels: 3, pageHeight: height } })
    .toFormat(format)
    .toBuffer();
}
