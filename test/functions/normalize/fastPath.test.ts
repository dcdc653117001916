import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { areaResizeWasmModule } from "../../../build/areaResizeWasm";
import { photographs } from "../../../cli/job/photographs";
import { parseTransformation } from "../../../contracts/transformation";
import { areaResize, type Raster } from "../../../functions/normalize/areaResize";
import { fastDecode, fastEncode } from "../../../functions/normalize/fastJpeg";
import { FAST_PATH_SWITCH } from "../../../functions/normalize/fastPath";
import { normalizePixels } from "../../../functions/normalize/image";
import { resizeRaster } from "../../../functions/normalize/resizeRaster";

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
    const committed = readFileSync(path.join(ROOT, "functions/normalize/areaResizeWasm.ts"), "utf8");
    equal(committed, await areaResizeWasmModule(ROOT));
  });
});
