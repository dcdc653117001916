import { equal, ok, rejects } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LIMITED_PICTURES, normalizedWithin, writeLargestPicture } from "../../../bench/largestPictures";
import { NORMALIZING_ACCESS_POINT_DEFAULTS } from "../../../components/normalizingAccessPointArgs";
import { DEFAULT_TRANSFORMATION } from "../../../contracts/transformation";
import { DEFAULT_IMAGE_LIMITS, normalizeImage } from "../../../functions/normalize/image";
import { sourceArguments } from "../../compiled/sourceArguments";

/** Small functions: the costliest of each format, of all that `npm run bench:memory` measures. */
const AT_256 = [
  "JPEG, progressive, 4:4:4",
  "PNG, 8 bits",
  "PNG, 16 bits, alpha, interlaced",
  "WebP, lossless, alpha",
  "GIF",
  "TIFF, 16 bits, alpha, large tiles",
  "AVIF, 12 bits",
];

/** The default: those that come closest to it there. */
const AT_DEFAULT = ["WebP, lossless, alpha", "AVIF, 12 bits"];

describe("functions/normalize: the pixel limit holds a function within its memory", function () {
  this.timeout(60_000);
  let folder: string;

  before(function () {
    if (process.platform !== "linux") this.skip();
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-function-memory-"));
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const assertWithin = async (name: string, memoryMb: number): Promise<string> => {
    const file = path.join(folder, `${LIMITED_PICTURES[name]}-${memoryMb}`);
    await writeLargestPicture(name, memoryMb, file);
    const { peakMb, status, error } = normalizedWithin(memoryMb, file, sourceArguments());
    equal(status, 0, error);
    ok(peakMb > 50 && peakMb <= memoryMb, `${peakMb} MB of ${memoryMb}`);
    return file;
  };

  /** In this process: what is refused is not decoded. */
  const assertRefused = async (file: string, memoryMb: number): Promise<void> => {
    const name = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";
    const { [name]: given } = process.env;
    process.env[name] = String(memoryMb);
    try {
      const limits = { ...DEFAULT_IMAGE_LIMITS, pixels: Number.POSITIVE_INFINITY };
      await rejects(normalizeImage(readFileSync(file), DEFAULT_TRANSFORMATION, limits), { code: "TooManyPixels" });
    } finally {
      if (given === undefined) delete process.env[name];
      else process.env[name] = given;
    }
  };

  for (const name of AT_256) {
    it(`${name} and 256 MB: the largest picture that is accepted, and one that is not`, async () => {
      const file = await assertWithin(name, 256);
      await assertRefused(file, 256 - 8);
    });
  }

  for (const name of AT_DEFAULT) {
    it(`${name} and the default memory: the largest picture that is accepted`, async () => {
      await assertWithin(name, NORMALIZING_ACCESS_POINT_DEFAULTS.memorySize);
    });
  }
});
