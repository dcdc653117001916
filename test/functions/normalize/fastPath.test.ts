import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { rasterKernelsModule } from "../../../build/rasterKernels";
import { photographs } from "../../../cli/job/photographs";
import { parseTransformation } from "../../../contracts/transformation";
import { areaResize, type Raster } from "../../../functions/normalize/areaResize";
import { fastDecode, fastEncode } from "../../../functions/normalize/fastJpeg";
import { FAST_PATH_SWITCH } from "../../../functions/normalize/fastPath";
import { fastPng } from "../../../functions/normalize/fastPng";
import { toRgb } from "../../../functions/normalize/grey";
import { normalizePixels } from "../../../functions/normalize/image";
import { resizeRaster } from "../../../functions/normalize/resizeRaster";
import { orientationExif } from "./hostile/exifBytes";
import { Marker, marker, withSegments } from "./hostile/jpegBytes";
import { PNG_SIGNATURE, png, pngChunk, pngHeader } from "./hostile/pngBytes";

const ROOT = path.resolve(__dirname, "../../..");
const PIXELS = 50_000_000;

/** Runs with the fast path turned off. */
async function generally<T>(run: () => Promise<T> | T): Promise<T> {
  process.env[FAST_PATH_SWITCH] = "off";
  try {
    return await run();
  } finally {
    delete process.env[FAST_PATH_SWITCH];
  }
}

/** Largest and mean absolute difference. */
function difference(a: Raster, b: Raster): { most: number; mean: number } {
  deepEqual([a.width, a.height, a.channels, a.data.length], [b.width, b.height, b.channels, b.data.length]);
  let most = 0;
  let sum = 0;
  a.data.forEach((value, index) => {
    const error = Math.abs(value - (b.data[index] ?? Number.NaN));
    most = Math.max(most, error);
    sum += error;
  });
  return { most, mean: sum / a.data.length };
}

/** Samples without any pattern, the same at every run. */
function noise(width: number, height: number, channels: number): Raster {
  let state = 12345;
  const data = Uint8Array.from({ length: width * height * channels }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state >> 16;
  });
  return { data, width, height, channels };
}

/** A PNG whose rows go through all five filters in turn, written from the specification's section 9. */
function filteredPng({ data, width, height, channels }: Raster): Buffer {
  const size = width * channels;
  const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (data[y * size + x] ?? 0));
  const lines = Buffer.alloc((size + 1) * height);
  for (let y = 0; y < height; y++) {
    const filter = (y + 4) % 5;
    lines[y * (size + 1)] = filter;
    for (let x = 0; x < size; x++) {
      const [a, b, c] = [at(x - channels, y), at(x, y - 1), x < channels ? 0 : at(x - channels, y - 1)];
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      const predicted = [0, a, b, (a + b) >> 1, paeth][filter] ?? 0;
      lines[y * (size + 1) + 1 + x] = at(x, y) - predicted;
    }
  }
  return png({ width, height, colour: [0, 0, 4, 2, 6][channels] ?? 0 }, lines);
}

describe("fast path", () => {
  it("is there on Linux, and takes JPEG", async function () {
    if (process.platform !== "linux") this.skip();
    for (const { file } of await photographs()) ok(fastDecode(readFileSync(file), 256, 256, 1, PIXELS), file);
  });

  for (const channels of ["grey", "rgb"] as const) {
    it(`gives the general path's picture of every shipped photograph: ${channels}`, async () => {
      const options = parseTransformation({ channels });
      for (const { file, key } of await photographs()) {
        const bytes = readFileSync(file);
        const fast = await normalizePixels(bytes, options);
        const general = await generally(() => normalizePixels(bytes, options));
        const { most, mean } = difference(fast, general);
        ok(mean <= 0.25 && most <= 3, `${key}: mean ${mean}, most ${most}`);
      }
    });
  }

  it("resizes as the plain way does, whatever the sizes", async () => {
    const sizes = [
      [97, 61, 33, 20],
      [64, 64, 16, 16],
      [33, 20, 97, 61],
      [300, 7, 5, 40],
      [1, 1, 9, 9],
      [600, 900, 2, 3],
    ] as const;
    for (const channels of [1, 3]) {
      for (const [fromWidth, fromHeight, width, height] of sizes) {
        const source = noise(fromWidth, fromHeight, channels);
        const { most } = difference(resizeRaster(source, width, height), areaResize(source, width, height));
        ok(most <= 1, `${fromWidth}x${fromHeight} to ${width}x${height}, ${channels} channels: ${most}`);
      }
    }
  });

  it("leaves to the general path what is damaged, CMYK, too large or no JPEG", async () => {
    const [first] = await photographs();
    const bytes = readFileSync(first?.file ?? "");
    const cmyk = await sharp(bytes).toColourspace("cmyk").jpeg().toBuffer();
    equal(fastDecode(bytes.subarray(0, bytes.length / 2), 256, 256, 1, PIXELS), undefined);
    equal(fastDecode(cmyk, 256, 256, 1, PIXELS), undefined);
    equal(fastDecode(bytes, 256, 256, 1, 1000), undefined);
    equal(fastDecode(Buffer.from("GIF89a"), 256, 256, 1, PIXELS), undefined);
    equal(await generally(() => fastDecode(bytes, 256, 256, 1, PIXELS)), undefined);
  });

  it("turns a JPEG as the general path does, whatever stands before its EXIF and in it", async () => {
    const [first] = await photographs();
    const upright = await sharp(readFileSync(first?.file ?? ""))
      .resize(60, 40)
      .jpeg()
      .toBuffer();
    const options = parseTransformation({ width: 30, height: 20 });
    const odd = [marker(Marker.Restart0), Buffer.from([0xff, 0x01]), Buffer.from([0xff, Marker.Comment, 0, 0])];
    const turned = orientationExif(6);
    // Its words for TIFF, type and count.
    const damaged = [12, 22, 24].map((at) => turned.map((value, i) => (i === at ? value ^ 1 : value)));
    for (const segments of [
      [],
      [Buffer.of(0xff), turned],
      ...odd.map((before) => [before, turned]),
      ...damaged.map((exif) => [exif]),
    ]) {
      const bytes = withSegments(upright, ...segments);
      const general = await generally(() => normalizePixels(bytes, options));
      const { most } = difference(await normalizePixels(bytes, options), general);
      ok(most <= 3, `${Buffer.concat(segments).toString("hex")}: ${most}`);
    }
  });

  for (const channels of [1, 2, 3, 4] as const) {
    it(`reads PNG with every filter, as the general path does: ${channels} channels`, async () => {
      for (const [width, height] of [
        [97, 61],
        [640, 400],
        [1, 1],
        [20, 700],
      ] as const) {
        const raw = noise(width, height, channels);
        const bytes = filteredPng(raw);
        for (const wanted of ["grey", "rgb"] as const) {
          const options = parseTransformation({ channels: wanted, width: 31, height: 33 });
          const fast = await fastPng(bytes, 31, 33, wanted === "grey" ? 1 : 3, PIXELS);
          ok(fast, "the fast path takes it");
          const general = await generally(() => normalizePixels(bytes, options));
          const compared = wanted === "rgb" ? toRgb(fast) : fast;
          ok(difference(compared, general).most <= 1, `${width}x${height} ${wanted}`);
        }
      }
    });
  }

  it("leaves a PNG to the general path that is cut, altered, interlaced, deep, has a palette or is turned", async () => {
    const bytes = filteredPng(noise(64, 48, 3));
    const picture = sharp(bytes);
    const others = [
      bytes.subarray(0, bytes.length - 40),
      bytes.map((value, at) => (at === 200 ? value ^ 1 : value)),
      // The checksum of the data alone, which IEND's twelve bytes follow.
      bytes.map((value, at) => (at === bytes.length - 13 ? value ^ 1 : value)),
      await picture.clone().png({ progressive: true }).toBuffer(),
      await picture.clone().toColourspace("rgb16").png().toBuffer(),
      await picture.clone().png({ palette: true }).toBuffer(),
      await picture.clone().withMetadata({ orientation: 6 }).png().toBuffer(),
    ];
    for (const [index, other] of others.entries()) {
      equal(await fastPng(other, 32, 32, 1, PIXELS), undefined, `the picture ${index}`);
    }
    equal(await fastPng(bytes, 32, 32, 1, 1000), undefined, "more pixels than allowed");
    ok(await fastPng(bytes, 32, 32, 1, PIXELS), "the next picture");
  });

  it("leaves a PNG in a great many pieces to the general path", () => {
    const pieces = (count: number): Buffer => {
      const data = pngChunk("IDAT", deflateSync(Buffer.alloc(9 * 8)));
      const empty = Array<Buffer>(count - 1).fill(pngChunk("IDAT"));
      const header = pngHeader({ width: 8, height: 8 });
      return Buffer.concat([PNG_SIGNATURE, header, data, ...empty, pngChunk("IEND")]);
    };
    ok(fastPng(pieces(65_536), 4, 4, 1, PIXELS));
    equal(fastPng(pieces(65_537), 4, 4, 1, PIXELS), undefined);
  });

  it("reads two PNGs at the same time", async () => {
    const pictures = [noise(300, 200, 3), noise(200, 300, 4)].map(filteredPng);
    const alone = await fastPng(pictures[0] ?? Buffer.of(), 50, 50, 1, PIXELS);
    const [together] = await Promise.all(pictures.map((bytes) => fastPng(bytes, 50, 50, 1, PIXELS)));
    ok(alone && together);
    equal(difference(alone, together).most, 0);
  });

  it("encodes what decodes to the same picture, near enough for the quality", async function () {
    if (process.platform !== "linux") this.skip();
    const [first] = await photographs();
    for (const channels of [1, 3] as const) {
      const picture = fastDecode(readFileSync(first?.file ?? ""), 256, 256, channels, PIXELS);
      ok(picture);
      const encoded = fastEncode(picture, 95);
      ok(encoded);
      const decoded = sharp(encoded).toColourspace(channels === 1 ? "b-w" : "srgb");
      const { data, info } = await decoded.raw().toBuffer({ resolveWithObject: true });
      const { mean } = difference(picture, { data, ...info });
      ok(mean < (channels === 1 ? 1.5 : 4), `${channels} channels: ${mean}`);
    }
  });

  it("carries the kernels that its source compiles to", async () => {
    const committed = readFileSync(path.join(ROOT, "functions/normalize/rasterKernels.ts"), "utf8");
    equal(committed, await rasterKernelsModule(ROOT));
  })
    // Some seconds of one core, and others run beside it.
    .timeout(120_000);
});
