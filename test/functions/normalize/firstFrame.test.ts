import { deepEqual, equal } from "node:assert/strict";
import sharp from "sharp";
import { firstFrame } from "../../../functions/normalize/firstFrame";

/** Three frames of plain colours. */
function animation(format: "gif" | "webp"): Promise<Buffer> {
  const data = Buffer.alloc(20 * 30 * 3, 40)
    .fill(120, 600, 1200)
    .fill(220, 1200);
  return sharp(data, { raw: { width: 20, height: 30, channels: 3, pageHeight: 10 } })
    .toFormat(format, { loop: 0 })
    .toBuffer();
}

async function pagesAndPixels(bytes: Uint8Array): Promise<{ pages: number; pixels: Buffer }> {
  const { pages = 1 } = await sharp(bytes).metadata();
  return { pages, pixels: await sharp(bytes).raw().toBuffer() };
}

describe("functions/normalize: firstFrame", () => {
  for (const format of ["gif", "webp"] as const) {
    it(`leaves the first of three frames of a ${format}, with the same pixels`, async () => {
      const whole = await animation(format);
      const before = await pagesAndPixels(whole);
      equal(before.pages, 3);
      const copy = Buffer.from(whole);
      deepEqual(await pagesAndPixels(firstFrame(whole)), { ...before, pages: 1 });
      deepEqual(whole, copy, "the file itself stays as it is");
    });
  }

  it("leaves the first page of a tiff, of either byte order", async () => {
    const whole = await sharp(Buffer.alloc(64 * 64 * 3, 90), { raw: { width: 64, height: 64, channels: 3 } })
      .tiff({ pyramid: true, tile: true, tileWidth: 16, tileHeight: 16 })
      .toBuffer();
    const before = await pagesAndPixels(whole);
    equal(before.pages, 3);
    deepEqual(await pagesAndPixels(firstFrame(whole)), { ...before, pages: 1 });
    const bigEndian = Buffer.from("MM\0*\0\0\0\x08\0\0\0\0\0\x08", "latin1");
    deepEqual([...firstFrame(bigEndian)], [...bigEndian.subarray(0, 10), 0, 0, 0, 0]);
  });

  it("gives back what has one frame, what is of another format, and what ends early, as it is", async () => {
    const picture = sharp(Buffer.alloc(300, 90), { raw: { width: 10, height: 10, channels: 3 } });
    for (const format of ["jpeg", "png", "webp", "tiff", "avif"] as const) {
      const bytes = await picture.clone().toFormat(format).toBuffer();
      equal(Buffer.compare(firstFrame(bytes), bytes), 0, format);
    }
    for (const text of [
      "",
      "G",
      "GIF89a",
      "RIFF",
      "RIFF\0\0\0\0WEBPANMF",
      "II*\0",
      "MM\0*\0\0\0\x08\xff\xff",
      "II*\0\xff\xff\xff\xff",
    ]) {
      const bytes = Buffer.from(text, "latin1");
      equal(Buffer.compare(firstFrame(bytes), bytes), 0, JSON.stringify(text));
    }
  });
});
