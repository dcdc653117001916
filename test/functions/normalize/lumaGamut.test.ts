import { deepEqual, equal, ok } from "node:assert/strict";
import { AreaResizer } from "../../../functions/normalize/areaResizer";
import { leavesGamut } from "../../../functions/normalize/gamut";
import { toGrey } from "../../../functions/normalize/grey";
import { decodeLuma } from "../../../functions/normalize/lumaDecoder";
import { Init, loadTurboJpeg, Param, PixelFormat, type TurboJpeg } from "../../../functions/normalize/turboJpeg";
import { Extra, encodeJpeg as encode, picture, Sampling } from "./encodeJpeg";

const PIXELS = 50_000_000;
const resizer = new AreaResizer();

/** Luma's pixels as this package decodes them; the reason when it does not. */
function ours(bytes: Uint8Array): Buffer | string {
  const luma = decodeLuma(bytes, resizer, PIXELS);
  if (typeof luma !== "object") return luma ?? "left";
  const { at, width, height, stride } = luma;
  const memory = resizer.reserve(at + stride * height);
  return Buffer.concat(
    Array.from({ length: height }, (_, y) => memory.slice(at + y * stride, at + y * stride + width)),
  );
}

/** Pure red and blue: whatever encodes them stays inside the gamut, except between them. */
const SATURATED = [
  [254, 0, 0],
  [0, 0, 254],
] as const;
/** Nearly white beside colours: the white's own chroma, which is none, tells nothing. */
const PALE = [
  [236, 236, 236],
  [220, 20, 60],
] as const;

/** Flat squares of two colours by turns. */
function chart(width: number, height: number, size: number, colours: typeof SATURATED | typeof PALE): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [Math.trunc((i % width) / size), Math.trunc(i / width / size)];
    rgb.set(colours[(x + y) & 1] as readonly number[], 3 * i);
  }
  return rgb;
}

/** Grey by way of RGB, which is clipped. */
function greyOfRgb(turbo: TurboJpeg, bytes: Uint8Array): Uint8Array {
  const handle = turbo.init(Init.Decompress);
  turbo.header(handle, bytes, bytes.length);
  const [width, height] = [turbo.get(handle, Param.Width), turbo.get(handle, Param.Height)];
  const data = Buffer.alloc(width * height * 3);
  equal(turbo.decompress(handle, bytes, bytes.length, data, 0, PixelFormat.Rgb), 0);
  turbo.destroy(handle);
  return toGrey({ data, width, height, channels: 3 }).data;
}

function difference(a: Uint8Array, b: Uint8Array): { decibels: number; mean: number } {
  const errors = Array.from(a, (value, i) => value - (b[i] as number));
  const squares = errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
  const mean = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
  return { decibels: 10 * Math.log10(255 ** 2 / squares), mean };
}

describe("gamut of a JPEG", () => {
  const turbo = loadTurboJpeg();

  it("leaves pictures that leave the gamut, wherever the colour is", () => {
    for (const [x, y] of [
      [0, 0],
      [150, 3],
      [70, 90],
    ] as const) {
      const rgb = picture(160, 100);
      equal(typeof ours(encode(turbo, 160, 100, Sampling.half, {}, rgb)), "object");
      // Nine by nine pixels of pure blue and red, 0.5 % of the picture.
      for (let i = 0; i < 81; i++) {
        rgb.set(i % 2 === 0 ? [0, 0, 255] : [255, 0, 0], 3 * ((y + Math.trunc(i / 9)) * 160 + x + (i % 9)));
      }
      equal(ours(encode(turbo, 160, 100, Sampling.half, {}, rgb)), "leaves gamut");
    }
  });

  it("leaves charts whose edges alone leave the gamut, where chroma is smoothed", () => {
    const answers = new Set<string>();
    for (const [name, sampling] of Object.entries(Sampling)) {
      if (sampling === Sampling.full || sampling === Sampling.grey) continue;
      for (const progressive of [0, 1]) {
        // Edges in the middle of cells, on those of cells and on those of MCUs.
        for (const size of [8, 11, 16, 24, 32]) {
          for (const colours of [SATURATED, PALE]) {
            const settings = { [Param.Quality]: 98, [Extra.progressive]: progressive };
            const rgb = chart(160, 96, size, colours);
            const bytes = encode(turbo, 160, 96, sampling, settings, rgb);
            const answer = ours(bytes);
            answers.add(typeof answer);
            if (typeof answer === "string") continue;
            const { decibels, mean } = difference(answer, greyOfRgb(turbo, bytes));
            const title = `${name}, ${progressive}, ${size}: ${decibels} dB, ${mean}`;
            ok(decibels >= 50 && mean <= 0.25, title);
          }
        }
      }
    }
    equal(answers.size, 2);
  });

  it("leaves as many as looking at a pixel of every sample of chroma would, but on the limit", () => {
    const answers = new Set<boolean>();
    const differing: number[] = [];
    for (let strength = 0; strength < 128; strength += 4) {
      const rgb = picture(128, 128).map((value, i) => {
        const [x, y] = [Math.trunc(i / 3) % 128, Math.trunc(i / 3 / 128)];
        return 0.4 * value + (i % 3 === 0 ? strength * Math.sin(x / 5) * Math.sin(y / 7) : 0);
      });
      const bytes = encode(turbo, 128, 128, Sampling.half, {}, rgb);
      const handle = turbo.init(Init.Decompress);
      turbo.header(handle, bytes, bytes.length);
      const planes = Buffer.alloc(128 * 128 * 1.5);
      equal(turbo.decompressYuv(handle, bytes, bytes.length, planes, 1), 0);
      turbo.destroy(handle);
      const [blue, red] = [planes.subarray(128 * 128, 160 * 128), planes.subarray(160 * 128)];
      const leaves = leavesGamut(planes, 128, blue, red, 64, [2, 2]);
      if ((ours(bytes) === "leaves gamut") !== leaves) differing.push(strength);
      answers.add(leaves);
    }
    equal(answers.size, 2);
    // On the limit itself, where other pixels of the same samples were looked at.
    deepEqual(differing, [40]);
  });
});
