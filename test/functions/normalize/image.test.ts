import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { photographs } from "../../../cli/job/photographs";
import { MAX_GOLDEN_DIFFERENCE, meanDifference } from "../../../cli/job/verifyAnswers";
import { Channels, DEFAULT_TRANSFORMATION, parseTransformation } from "../../../contracts/transformation";
import type { Raster } from "../../../functions/normalize/areaResize";
import type { NormalizeErrorCode } from "../../../functions/normalize/errors";
import { FAST_PATH_SWITCH } from "../../../functions/normalize/fastPath";
import { type ImageLimits, normalizeImage, normalizePixels } from "../../../functions/normalize/image";
import { difference, GOLDEN_CASES, golden, goldenSource, MAX_MEAN_DIFFERENCE, MIN_PSNR, OPENCV } from "./goldenCases";

function shape({ width, height, channels }: Omit<Raster, "data">): object {
  return { width, height, channels };
}

async function refused(bytes: Uint8Array, code: NormalizeErrorCode, limits?: ImageLimits): Promise<void> {
  await rejects(normalizeImage(bytes, DEFAULT_TRANSFORMATION, limits), { name: "NormalizeError", code });
}

describe("image transformation", () => {
  afterEach(() => {
    delete process.env[FAST_PATH_SWITCH];
  });

  for (const { source, width, height, channels, golden: file } of GOLDEN_CASES) {
    it(`gives OpenCV's pixels on every route: ${source} as ${width}x${height} ${channels}`, async () => {
      // Raw output has three channels even of a grey file, unless one is asked for.
      const space = channels === Channels.Grey ? "b-w" : "srgb";
      const expected = await sharp(golden(file)).toColourspace(space).raw().toBuffer({ resolveWithObject: true });
      const original = await sharp(goldenSource(source)).metadata();
      const whole = original.width % width === 0 && original.height % height === 0;
      for (const route of ["fast", "general"]) {
        if (route === "general") process.env[FAST_PATH_SWITCH] = "off";
        const pixels = await normalizePixels(goldenSource(source), parseTransformation({ width, height, channels }));
        deepEqual(shape(pixels), { width, height, channels: channels === Channels.Grey ? 1 : 3 });
        deepEqual(shape(expected.info), shape(pixels));
        const { mean, psnr, most } = difference(pixels.data, expected.data);
        const figures = `${route}, OpenCV ${OPENCV}: at most ${most}, mean ${mean}, PSNR ${psnr} dB`;
        // Sums of whole pixels have one right answer; shares of pixels are summed in another order and precision there.
        if (source.endsWith(".png") && whole) equal(most, 0, figures);
        ok(most <= 1 && mean <= MAX_MEAN_DIFFERENCE && psnr >= MIN_PSNR, figures);
      }
    });
  }

  it("gives the shipped photographs as OpenCV does, after JPEG", async () => {
    const pictures = await photographs();
    equal(pictures.length, 7);
    for (const { key, file, golden: expected } of pictures) {
      ok(expected !== undefined, key);
      const { bytes, contentType } = await normalizeImage(readFileSync(file), DEFAULT_TRANSFORMATION);
      equal(contentType, "image/jpeg");
      const { format, width, height, channels } = await sharp(bytes).metadata();
      deepEqual({ format, width, height, channels }, { format: "jpeg", width: 256, height: 256, channels: 1 });
      const mean = await meanDifference(bytes, readFileSync(expected));
      ok(mean <= MAX_GOLDEN_DIFFERENCE, `${key}: ${mean}`);
    }
  }).timeout(60_000);

  it("encodes at the quality and with the channels asked for", async () => {
    const encode = (options: object) => normalizeImage(golden("chart.png"), parseTransformation(options));
    const [best, worst, colour] = await Promise.all([
      encode({ quality: 100 }),
      encode({ quality: 10 }),
      encode({ channels: "rgb" }),
    ]);
    ok(best.bytes.length > 2 * worst.bytes.length);
    const { channels, chromaSubsampling, isProgressive } = await sharp(colour.bytes).metadata();
    deepEqual(
      { channels, chromaSubsampling, isProgressive },
      { channels: 3, chromaSubsampling: "4:2:0", isProgressive: false },
    );
    equal((await sharp(best.bytes).metadata()).channels, 1);
  });

  it("reads the first frame of what moves, and other formats that it names", async () => {
    const frame = sharp(golden("gradient.png"));
    for (const bytes of [
      await frame.clone().gif().toBuffer(),
      await frame.clone().tiff().toBuffer(),
      await frame.clone().avif().toBuffer(),
    ]) {
      deepEqual(shape(await normalizePixels(bytes, DEFAULT_TRANSFORMATION)), { width: 256, height: 256, channels: 1 });
    }
  });

  it("refuses what is no image, before a decoder sees it", async () => {
    await refused(new Uint8Array(), "EmptyObject");
    for (const text of [
      "<!doctype html><html><body>404</body></html>",
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
      '<?xml version="1.0"?><svg/>',
      "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
      "8BPS\0\x01",
      "\xff\xd8",
      "RIFF\0\0\0\0WAVE",
      "GIF",
    ]) {
      await refused(Buffer.from(text, "latin1"), "UnsupportedFormat");
    }
  });

  it("refuses what begins like an image and is none", async () => {
    const jpeg = golden("progressive.jpg");
    await refused(jpeg.subarray(0, jpeg.length / 2), "CorruptImage");
    await refused(golden("oriented1.jpg").subarray(0, 600), "CorruptImage");
    await refused(Buffer.from("\xff\xd8\xffnothing more", "latin1"), "CorruptImage");
    await refused(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "CorruptImage");
    await refused(Buffer.from("RIFF\0\0\0\0WEBPVP8 ", "latin1"), "CorruptImage");
    const png = golden("chart.png");
    const data = png.indexOf("IDAT");
    const damaged = Buffer.from(png);
    damaged[data + 12] = (damaged[data + 12] ?? 0) ^ 0xff;
    await refused(damaged, "CorruptImage");
    await refused(png.subarray(0, data + 40), "CorruptImage");
  });

  it("refuses too many bytes and too many pixels, saying how many are allowed", async () => {
    const png = golden("chart.png");
    const limits = { bytes: png.length, pixels: 99 * 96 };
    equal((await normalizePixels(png, DEFAULT_TRANSFORMATION, limits)).width, 256);
    await rejects(normalizeImage(png, DEFAULT_TRANSFORMATION, { ...limits, bytes: png.length - 1 }), {
      code: "TooManyBytes",
      message: `The object has more bytes than the limit. Given ${png.length}; allowed: ${png.length - 1}.`,
    });
    await rejects(normalizeImage(png, DEFAULT_TRANSFORMATION, { ...limits, pixels: 99 * 96 - 1 }), {
      code: "TooManyPixels",
      message: "The image has more pixels than the limit. Given 9504; allowed: 9503.",
    });
  });

  it("is not made to allocate by a header that lies", async () => {
    const bomb = Buffer.from(golden("chart.png"));
    const header = bomb.indexOf("IHDR");
    bomb.writeUInt32BE(100_000, header + 4);
    bomb.writeUInt32BE(100_000, header + 8);
    bomb.writeUInt32BE(crc32(bomb.subarray(header, header + 17)), header + 17);
    await refused(bomb, "TooManyPixels");
  });
});

/** The checksum of a PNG chunk (PNG specification, annex D); Node 20 has none of its own. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
