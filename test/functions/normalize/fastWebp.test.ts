import { equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import sharp, { type Sharp } from "sharp";
import { photographs } from "../../../cli/job/photographs";
import { parseTransformation } from "../../../contracts/transformation";
import type { Raster } from "../../../functions/normalize/areaResize";
import { FAST_PATH_SWITCH } from "../../../functions/normalize/fastPath";
import { fastWebp } from "../../../functions/normalize/fastWebp";
import { normalizePixels } from "../../../functions/normalize/image";
import { difference, MAX_MEAN_DIFFERENCE, MIN_PSNR } from "./goldenCases";
import { orientationExif } from "./hostile/exifBytes";
import { seededRandom } from "./hostile/seededRandom";
import { riffChunk, webp, webpCanvas } from "./hostile/webpBytes";

const PIXELS = 50_000_000;

/** As the general path makes it. */
async function general(bytes: Uint8Array, width: number, height: number): Promise<Raster> {
  process.env[FAST_PATH_SWITCH] = "off";
  try {
    return await normalizePixels(bytes, parseTransformation({ width, height }));
  } finally {
    delete process.env[FAST_PATH_SWITCH];
  }
}

/** Within the bound of exactness, or left to the general path. */
async function isTaken(bytes: Uint8Array, width: number, height: number, what: string): Promise<boolean> {
  const fast = fastWebp(bytes, width, height, PIXELS);
  if (fast === undefined) return false;
  const { mean, psnr } = difference(fast.data, (await general(bytes, width, height)).data);
  ok(mean <= MAX_MEAN_DIFFERENCE && psnr >= MIN_PSNR, `${what}, ${width}x${height}: mean ${mean}, ${psnr} dB`);
  return true;
}

/** A picture of three channels by a function of place and channel. */
function drawn(width: number, height: number, level: (x: number, y: number, channel: number) => number): Sharp {
  const data = Uint8ClampedArray.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.trunc(i / 3);
    return level(pixel % width, Math.trunc(pixel / width), i % 3);
  });
  return sharp(Buffer.from(data.buffer), { raw: { width, height, channels: 3 } });
}

/** Soft colours. */
function soft(width: number, height: number): Sharp {
  return drawn(
    width,
    height,
    (x, y, channel) => 120 + 40 * Math.sin((x + 30 * channel) / 23) + 40 * Math.cos(y / 17) + ((x >> 4) % 3) * 9,
  );
}

/** The frame of a simple WebP. */
function frameOf(file: Buffer): Buffer {
  return file.subarray(20, 20 + file.readUInt32LE(16));
}

describe("fast path of WebP", () => {
  it("gives the general path's picture of photographs, smaller, half as large and as large", async () => {
    let taken = 0;
    for (const { file, key } of await photographs()) {
      for (const [quality, side] of [
        [90, 400],
        [60, 237],
      ] as const) {
        const bytes = await sharp(readFileSync(file)).resize(side).webp({ quality }).toBuffer();
        const { width, height } = await sharp(bytes).metadata();
        for (const [across, down] of [
          [64, 64],
          [width, height],
          [Math.trunc(width / 2), Math.trunc(height / 2)],
        ] as const) {
          if (await isTaken(bytes, across, down, `${key} ${quality}`)) taken++;
        }
      }
    }
    ok(taken >= 30, `${taken} of 42 taken`);
  });

  it("gives plain areas of any colour, and greys of every level, as OpenCV rounds them", async () => {
    for (let i = 0; i < 24; i++) {
      const colour = [70 + ((i * 37) % 110), 60 + ((i * 53) % 120), 75 + ((i * 71) % 100)];
      const bytes = await drawn(48, 40, (_x, _y, channel) => colour[channel] as number)
        .webp({ quality: 90 })
        .toBuffer();
      ok(await isTaken(bytes, 48, 40, colour.join()), "plain colours stay inside the gamut");
      ok(await isTaken(bytes, 13, 11, colour.join()));
    }
    const greys = await drawn(256, 64, (x, y) => (y < 32 ? x : 255 - x))
      .webp({ quality: 100 })
      .toBuffer();
    equal(
      difference(fastWebp(greys, 256, 64, PIXELS)?.data ?? Buffer.of(), (await general(greys, 256, 64)).data).most,
      0,
    );
  });

  it("gives few rows and columns of a great many", async () => {
    for (const [width, height] of [
      [40, 3000],
      [2500, 24],
      [700, 900],
    ] as const) {
      const bytes = await soft(width, height).webp({ quality: 80 }).toBuffer();
      for (const [across, down] of [
        [1, 1],
        [2, 3],
        [7, 5],
        [33, 20],
        [1, height],
        [width, 1],
        // Chroma grows one way and shrinks the other.
        [Math.ceil(width * 0.7), 1],
        [1, Math.ceil(height * 0.7)],
      ] as const) {
        // So few pixels have no mean.
        const fast = fastWebp(bytes, across, down, PIXELS);
        const { most } = difference(fast?.data ?? Buffer.of(), (await general(bytes, across, down)).data);
        ok(most <= 1, `${width}x${height} to ${across}x${down}: ${most}`);
      }
    }
  });

  it("stays within the bound where chroma tells nothing of how RGB was rounded", async () => {
    const random = seededRandom(3);
    for (const quality of [40, 90]) {
      const noisy = drawn(210, 154, (x, y, channel) => {
        const wave = 12 * Math.sin((x + y) / 9 + 2 * channel);
        return 115 + 8 * channel + wave + random(9);
      });
      const bytes = await noisy.webp({ quality }).toBuffer();
      for (const [width, height] of [
        [210, 154],
        [105, 77],
        [64, 64],
      ] as const) {
        ok(await isTaken(bytes, width, height, `noise at ${quality}`));
      }
    }
  });

  it("leaves pictures that leave the gamut, and never takes one beyond the bound", async () => {
    const answers = new Set<boolean>();
    for (let strength = 0; strength <= 160; strength += 16) {
      for (const quality of [50, 95]) {
        const bytes = await drawn(96, 80, (x, y, channel) => {
          const wave = strength * Math.sin(x / 9) * Math.sin(y / 7);
          return 110 + 30 * Math.sin(y / 5) + (channel === 0 ? wave : channel === 2 ? -wave : 0);
        })
          .webp({ quality })
          .toBuffer();
        answers.add(await isTaken(bytes, 40, 40, `${strength} at ${quality}`));
        answers.add(await isTaken(bytes, 96, 80, `${strength} at ${quality}`));
      }
    }
    equal(answers.size, 2);
  });

  it("takes what has a profile, metadata or an upright EXIF", async () => {
    const frame = riffChunk("VP8 ", frameOf(await soft(60, 44).webp({ quality: 85 }).toBuffer()));
    const exif = orientationExif(1).subarray(4);
    const files = [
      webp([frame]),
      webp([webpCanvas(0, 60, 44), frame]),
      webp([webpCanvas(0x20, 60, 44), riffChunk("ICCP", Buffer.alloc(9)), frame]),
      webp([webpCanvas(0x0c, 60, 44), frame, riffChunk("EXIF", exif), riffChunk("XMP ", Buffer.from("<x/>"))]),
    ];
    for (const [index, file] of files.entries()) ok(fastWebp(file, 20, 20, PIXELS), `file ${index}`);
  });

  it("leaves what is transparent, moves, is lossless, turned, cut or says what is not so", async () => {
    const file = await soft(60, 44).webp({ quality: 85 }).toBuffer();
    const frame = riffChunk("VP8 ", frameOf(file));
    const exif = riffChunk("EXIF", orientationExif(6).subarray(4));
    const altered = (at: number, value: number): Buffer =>
      Buffer.from(file.map((byte, i) => (i === at ? value : byte)));
    const others = {
      transparent: await soft(60, 44).ensureAlpha(0.5).webp().toBuffer(),
      moving: webp([webpCanvas(0x02, 60, 44), frame]),
      lossless: await soft(60, 44).webp({ lossless: true }).toBuffer(),
      turned: webp([webpCanvas(0x08, 60, 44), frame, exif]),
      "turned, untold": webp([webpCanvas(0, 60, 44), frame, exif]),
      "of another canvas": webp([webpCanvas(0, 60, 45), frame]),
      "with a second frame": webp([webpCanvas(0, 60, 44), frame, frame]),
      "with an unknown chunk": webp([webpCanvas(0, 60, 44), frame, riffChunk("ABCD", Buffer.alloc(4))]),
      "with bytes behind it": Buffer.concat([file, Buffer.alloc(2)]),
      "no key frame": altered(20, (file[20] as number) | 1),
      "not shown": altered(20, (file[20] as number) & ~0x10),
      "of another version": altered(20, (file[20] as number) | 0x08),
      "to be scaled": altered(27, (file[27] as number) | 0x40),
      "with a value outside of its range": altered(30, 0xff),
      "without coefficients": webp([riffChunk("VP8 ", frameOf(file).subarray(0, 12))]),
    };
    for (const [what, bytes] of Object.entries(others)) equal(fastWebp(bytes, 20, 20, PIXELS), undefined, what);
    for (let tenth = 1; tenth < 10; tenth++) {
      const data = frameOf(file).subarray(0, Math.trunc((frameOf(file).length * tenth) / 10));
      equal(fastWebp(webp([riffChunk("VP8 ", data)]), 20, 20, PIXELS), undefined, `${tenth} tenths`);
    }
    equal(fastWebp(file, 20, 20, 1000), undefined, "more pixels than allowed");
    for (const [width, height] of [
      [61, 20],
      [20, 45],
    ] as const) {
      equal(fastWebp(file, width, height, PIXELS), undefined, "what would grow");
    }
    ok(fastWebp(file, 20, 20, PIXELS), "the next picture");
    process.env[FAST_PATH_SWITCH] = "off";
    equal(fastWebp(file, 20, 20, PIXELS), undefined, "turned off");
    delete process.env[FAST_PATH_SWITCH];
  });

  it("gives the same after one of another size, which the memory still holds", async () => {
    const [small, large] = await Promise.all([
      soft(60, 44).webp().toBuffer(),
      soft(500, 400).webp({ quality: 95 }).toBuffer(),
    ]);
    const first = fastWebp(small, 20, 20, PIXELS);
    ok(first && fastWebp(large, 31, 17, PIXELS));
    equal(difference(fastWebp(small, 20, 20, PIXELS)?.data ?? Buffer.of(), first.data).most, 0);
  });

  it("takes nothing damaged: whatever it decodes, libwebp decodes alike and without an error", async () => {
    const files = await Promise.all([30, 90].map((quality) => soft(90, 70).webp({ quality, effort: 6 }).toBuffer()));
    const random = seededRandom(7);
    let taken = 0;
    for (let turn = 0; turn < 400; turn++) {
      const bytes = Buffer.from(files[turn % 2] ?? Buffer.of());
      for (let flips = turn % 3; flips >= 0; flips--) {
        // Half of them where the header is.
        const at = 20 + random(turn % 4 < 2 ? 40 : bytes.length - 20);
        bytes[at] = (bytes[at] as number) ^ (1 << random(8));
      }
      if (await isTaken(bytes, 90, 70, `turn ${turn}`)) taken++;
    }
    ok(taken > 40, `${taken} taken`);
  });
});
