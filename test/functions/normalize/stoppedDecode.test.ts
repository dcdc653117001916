import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateSync } from "node:zlib";
import { DEFAULT_TRANSFORMATION } from "../../../contracts/transformation";
import { ANSWER_MARGIN_MS } from "../../../functions/normalize/deadline";
import { decodeImage } from "../../../functions/normalize/decodeImage";
import { DEFAULT_IMAGE_LIMITS, normalizeImage } from "../../../functions/normalize/image";
import { imageTransformer } from "../../../functions/normalize/imageTransformer";
import { normalizeOriginal } from "../../../functions/normalize/request";
import { Tag, TIFF_DATA, tiff } from "./hostile/tiffBytes";

const WIDTH = 10_000;
const ROWS_PER_STRIP = 50;

/** Limits that let a picture through whose decoding takes some seconds of this machine's time, as 50 megapixels do of a small function's. */
const LIMITS = { ...DEFAULT_IMAGE_LIMITS, pixels: 200_000_000 };

/** A picture in inks, whose conversion to sRGB is the slowest there is. All strips are the same bytes, so it is quickly made. */
function slowPicture(strips: number): Buffer {
  const strip = deflateSync(Buffer.alloc(WIDTH * ROWS_PER_STRIP * 4, 0x40), { level: 1 });
  const tags = {
    [Tag.Width]: [WIDTH],
    [Tag.Height]: [strips * ROWS_PER_STRIP],
    [Tag.BitsPerSample]: [8],
    [Tag.Compression]: [8],
    [Tag.Photometric]: [5],
    [Tag.StripOffsets]: new Array<number>(strips).fill(TIFF_DATA),
    [Tag.SamplesPerPixel]: [4],
    [Tag.RowsPerStrip]: [ROWS_PER_STRIP],
    [Tag.StripByteCounts]: new Array<number>(strips).fill(strip.length),
  };
  return tiff(
    Object.entries(tags).map(([tag, values]) => ({ tag: Number(tag), values })),
    strip,
  );
}

/** Milliseconds of processor time that this process takes while nothing is asked of it. */
async function idleCpuMs(ms: number): Promise<number> {
  const before = process.cpuUsage();
  await sleep(ms);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe("functions/normalize: a decode that nobody waits for", function () {
  this.timeout(30_000);

  it("is answered for at its deadline, and ends soon after: the next read has the processor for itself", async function () {
    // The clock is the machine's: one that was away for a moment says nothing of the answer.
    this.retries(2);
    const bytes = slowPicture(300);
    async function* body() {
      yield bytes;
    }
    const started = performance.now();
    const read = normalizeOriginal({
      open: async () => ({ body: body() }),
      transformer: imageTransformer(DEFAULT_TRANSFORMATION, LIMITS),
      remainingMs: ANSWER_MARGIN_MS + 300,
    });
    await rejects(read, { code: "TransformationTimeout", status: 503 });
    ok(performance.now() - started < ANSWER_MARGIN_MS, "before the function's own end");
    const going = await idleCpuMs(200);
    ok(going > 20, `it goes on: ${going} ms of 200`);
    await sleep(ANSWER_MARGIN_MS + 300 - (performance.now() - started));
    const rest = await idleCpuMs(500);
    ok(rest < 100, `it has ended: ${rest} ms of 500`);
    const next = await normalizeImage(slowPicture(1), DEFAULT_TRANSFORMATION);
    equal(next.contentType, "image/jpeg");
  });

  it("is not begun when the time is over, and is never stopped while there is time", async () => {
    const picture = slowPicture(1);
    const late = { code: "TransformationTimeout" };
    await rejects(
      decodeImage(picture, DEFAULT_TRANSFORMATION, LIMITS, () => 0),
      late,
    );
    for (const left of [1, 999, 1_000, 86_400_000, Number.POSITIVE_INFINITY]) {
      const { width, height } = await decodeImage(picture, DEFAULT_TRANSFORMATION, LIMITS, () => left);
      deepEqual([width, height], [WIDTH, ROWS_PER_STRIP], String(left));
    }
  });

  it("is no damaged picture, and a damaged one is not late", async () => {
    const damaged = slowPicture(2).subarray(0, -40);
    await rejects(
      normalizeImage(damaged, DEFAULT_TRANSFORMATION, LIMITS, () => 5_000),
      { code: "CorruptImage" },
    );
  });
});
