import { equal, ok } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LIMITED_PICTURES, normalizedWithin, writeLargestPicture } from "../../../bench/largestPictures";
import { NORMALIZING_ACCESS_POINT_DEFAULTS } from "../../../components/normalizingAccessPointArgs";

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
    const { peakMb, status, error } = normalizedWithin(memoryMb, file);
    equal(status, 0, error);
    ok(peakMb > 50 && peakMb <= memoryMb, `${peakMb} MB of ${memoryMb}`);
    return file;
  };

  for (const name of AT_256) {
    it(`${name} and 256 MB: the largest picture that is accepted, and one that is not`, async () => {
      const file = await assertWithin(name, 256);
      const refused = normalizedWithin(256 - 8, file);
      equal(refused.status, 2);
      ok(refused.error.includes("TooManyPixels"), refused.error);
    });
  }

  for (const name of AT_DEFAULT) {
    it(`${name} and the default memory: the largest picture that is accepted`, async () => {
      await assertWithin(name, NORMALIZING_ACCESS_POINT_DEFAULTS.memorySize);
    });
  }
});
