import { readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { Channels } from "../../../contracts/transformation";

const GOLDENS = path.join(__dirname, "goldens");
const PHOTOGRAPHS = path.resolve(__dirname, "../../../node_modules/@stdlib");

const Cases = z.strictObject({
  opencv: z.string(),
  cases: z.array(
    z.strictObject({
      source: z.string(),
      width: z.number(),
      height: z.number(),
      channels: z.enum(Object.values(Channels)),
      golden: z.string(),
    }),
  ),
});

/** A source, a size, and the file of what OpenCV makes of them before encoding. */
export type GoldenCase = z.infer<typeof Cases>["cases"][number];

/** Every case, and the version of OpenCV that made them. */
export const { opencv: OPENCV, cases: GOLDEN_CASES } = Cases.parse(
  JSON.parse(readFileSync(path.join(GOLDENS, "cases.json"), "utf8")),
);

/** Worst accepted mean difference to OpenCV's pixels in levels of 256, and worst signal-to-noise ratio in dB. */
export const MAX_MEAN_DIFFERENCE = 0.25;
export const MIN_PSNR = 50;

/** A file of the goldens. */
export function golden(name: string): Buffer {
  return readFileSync(path.join(GOLDENS, name));
}

/** A source of the goldens: one of them, or a photograph that npm installs. */
export function goldenSource(name: string): Buffer {
  return name.includes("/") ? readFileSync(path.join(PHOTOGRAPHS, name)) : golden(name);
}

/** How two pictures differ. */
export interface Difference {
  readonly most: number;
  readonly mean: number;
  /** Peak signal-to-noise ratio in dB, infinite when they are equal. */
  readonly psnr: number;
}

/** Differences of samples in levels of 256; not a number when one has more samples. */
export function difference(a: Uint8Array, b: Uint8Array): Difference {
  let most = a.length === b.length ? 0 : Number.NaN;
  let sum = 0;
  let squares = 0;
  a.forEach((value, index) => {
    const error = Math.abs(value - (b[index] ?? Number.NaN));
    most = Math.max(most, error);
    sum += error;
    squares += error * error;
  });
  return { most, mean: sum / a.length, psnr: 10 * Math.log10(255 ** 2 / (squares / a.length)) };
}
