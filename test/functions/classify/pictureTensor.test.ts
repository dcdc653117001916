import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import sharp from "sharp";
import { type ClassifierInput, DEFAULT_CLASSIFIER_INPUT } from "../../../contracts/classifierInput";
import { DEFAULT_CLASSIFY_LIMITS } from "../../../contracts/classifyLimits";
import { ClassifyError } from "../../../functions/classify/errors";
import { pictureTensor, tensorOf } from "../../../functions/classify/pictureTensor";
import { basePictures } from "../normalize/hostile/basePictures";
import { cutShort } from "../normalize/hostile/cutShort";
import { notImages } from "../normalize/hostile/notImages";
import { oddJpegs } from "../normalize/hostile/oddJpegs";
import { polyglots } from "../normalize/hostile/polyglots";
import { tiffBombs } from "../normalize/hostile/tiffBombs";
import { webpBombs } from "../normalize/hostile/webpBombs";

const PLAIN: ClassifierInput = { ...DEFAULT_CLASSIFIER_INPUT, width: 2, height: 1, mean: [0], scale: [1] };
const LIMITS = { ...DEFAULT_CLASSIFY_LIMITS, memoryPixels: () => Number.POSITIVE_INFINITY };
/** Two pixels: orange, and blue. */
const SAMPLES = Uint8Array.from([250, 100, 0, 10, 20, 200]);

describe("functions/classify/pictureTensor", () => {
  it("lays samples out as the model expects them", () => {
    const laidOut = (input: Partial<ClassifierInput>) => [...tensorOf(SAMPLES, { ...PLAIN, ...input })];
    deepEqual(laidOut({}), [250, 100, 0, 10, 20, 200]);
    deepEqual(laidOut({ layout: "nchw" }), [250, 10, 100, 20, 0, 200]);
    deepEqual(laidOut({ channels: "bgr" }), [0, 100, 250, 200, 20, 10]);
    deepEqual(laidOut({ channels: "bgr", layout: "nchw" }), [0, 200, 100, 20, 250, 10]);
    deepEqual(laidOut({ channels: "grey" }), [133, 38]);
    deepEqual(laidOut({ mean: [50], scale: [2] }), [400, 100, -100, -80, -60, 300]);
    deepEqual(laidOut({ mean: [50, 0, 100], scale: [1, 2, 0.5] }), [200, 200, -50, -40, 40, 50]);
    deepEqual(laidOut({ channels: "grey", layout: "nchw", mean: [33], scale: [0.5] }), [50, 2.5]);
  });

  it("decodes every format, upright, without what is transparent", async () => {
    const picture = sharp(Buffer.from(SAMPLES), { raw: { width: 2, height: 1, channels: 3 } });
    for (const file of [
      picture.clone().png(),
      picture.clone().webp({ lossless: true }),
      picture.clone().tiff({ compression: "deflate" }),
    ]) {
      deepEqual([...(await pictureTensor(await file.toBuffer(), PLAIN, LIMITS))], [...SAMPLES]);
    }
    const turned = await picture.clone().withMetadata({ orientation: 6 }).png().toBuffer();
    const upright = await pictureTensor(turned, { ...PLAIN, width: 1, height: 2 }, LIMITS);
    deepEqual([...upright], [...SAMPLES]);
    const clear = await picture.clone().ensureAlpha(0.5).png().toBuffer();
    deepEqual([...(await pictureTensor(clear, PLAIN, LIMITS))], [...SAMPLES]);
    const grey = await sharp(Buffer.from([7, 9]), { raw: { width: 2, height: 1, channels: 1 } })
      .png()
      .toBuffer();
    deepEqual([...(await pictureTensor(grey, PLAIN, LIMITS))], [7, 7, 7, 9, 9, 9]);
  });

  it("stretches a picture, or fills the size and crops the middle", async () => {
    // Four columns: the outer two black, the inner two white.
    const picture = await sharp(Buffer.from([0, 255, 255, 0]), { raw: { width: 4, height: 1, channels: 1 } })
      .resize(400, 100, { kernel: "nearest", fit: "fill" })
      .png()
      .toBuffer();
    const square: ClassifierInput = { ...PLAIN, channels: "grey", width: 50, height: 50 };
    const covered = await pictureTensor(picture, { ...square, fit: "cover" }, LIMITS);
    const filled = await pictureTensor(picture, { ...square, fit: "fill" }, LIMITS);
    equal(covered[50 * 25 + 25], 255);
    ok(covered.slice(50 * 25 + 2, 50 * 25 + 48).every((sample) => sample === 255));
    equal(filled[50 * 25], 0);
    equal(filled[50 * 25 + 25], 255);
  });

  it("refuses what is over a limit before it is decoded", async () => {
    const file = await sharp({ create: { width: 100, height: 100, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    const { length } = file;
    await rejects(pictureTensor(file, PLAIN, { ...LIMITS, bytes: length - 1 }), { code: "TooManyBytes" });
    await rejects(pictureTensor(file, PLAIN, { ...LIMITS, pixels: 9_999 }), { code: "TooManyPixels" });
    await rejects(pictureTensor(file, PLAIN, { ...LIMITS, memoryPixels: () => 9_999 }), { code: "TooManyPixels" });
    await rejects(pictureTensor(new Uint8Array(), PLAIN, LIMITS), { code: "EmptyImage" });
    await rejects(pictureTensor(Buffer.from("<svg/>"), PLAIN, LIMITS), { code: "UnsupportedFormat" });
  });

  it("answers hostile files with numbers or a code", async () => {
    const pictures = await basePictures();
    const files = [
      ...notImages(),
      ...cutShort(pictures),
      ...oddJpegs(),
      ...webpBombs(pictures.webp),
      ...tiffBombs(),
      ...polyglots(pictures),
    ];
    const codes = new Set<string>();
    for (const { name, bytes } of files) {
      try {
        const tensor = await pictureTensor(bytes, PLAIN, LIMITS);
        ok(tensor.length === 6 && tensor.every((sample) => sample >= 0 && sample <= 255), name);
      } catch (error) {
        ok(error instanceof ClassifyError && error.status < 500, `${name}: ${error}`);
        codes.add(error.code);
      }
    }
    deepEqual([...codes].sort(), ["CorruptImage", "EmptyImage", "TooManyBytes", "TooManyPixels", "UnsupportedFormat"]);
  });
});
