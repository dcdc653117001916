import { equal, rejects } from "node:assert/strict";
import { DEFAULT_TRANSFORMATION, Fit } from "../../../contracts/transformation";
import { normalizeImage } from "../../../functions/normalize/image";
import { functionPixelLimit, pixelKind, pixelLimit } from "../../../functions/normalize/imageLimits";
import { greyJpeg } from "./hostile/jpegBytes";
import { blankLines, png } from "./hostile/pngBytes";

const MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

describe("functions/normalize: pixel limit from the function's memory", () => {
  const given = process.env[MEMORY];
  afterEach(() => {
    if (given === undefined) delete process.env[MEMORY];
    else process.env[MEMORY] = given;
  });

  it("grows with the memory, differs by format, and is never negative", () => {
    equal(pixelLimit(512, "jpeg"), 44_571_428);
    equal(pixelLimit(512, "avif"), 15_600_000);
    equal(pixelLimit(256, "png"), 8_000_000);
    equal(pixelLimit(128, "jpeg"), 0);
  });

  it("is that of the function it runs in, and none elsewhere", () => {
    delete process.env[MEMORY];
    equal(functionPixelLimit("gif"), Number.POSITIVE_INFINITY);
    process.env[MEMORY] = "300";
    equal(functionPixelLimit("gif"), 10_000_000);
  });

  it("knows kinds by the header", () => {
    equal(pixelKind("jpeg", true), "jpeg");
    equal(pixelKind("png"), "png");
    equal(pixelKind("png", true), "deep");
    equal(pixelKind("png", false, "ushort"), "deep");
    equal(pixelKind("heif"), "avif");
  });

  it("takes a picture at the limit and refuses one above, on every way through the code", async () => {
    // 207 MB leave one megapixel for a JPEG and for a plain PNG.
    process.env[MEMORY] = "207";
    for (const make of [
      (height: number) => greyJpeg({ width: 1000, height }),
      (height: number) => png({ width: 1000, height }, blankLines(1000, height)),
    ]) {
      for (const fit of [Fit.Fill, Fit.Inside]) {
        const transformation = { ...DEFAULT_TRANSFORMATION, fit };
        equal((await normalizeImage(make(1000), transformation)).contentType, "image/jpeg");
        await rejects(normalizeImage(make(1001), transformation), {
          code: "TooManyPixels",
          message: "The image has more pixels than the limit. Given 1001000; allowed: 1000000.",
        });
      }
    }
  });
});
