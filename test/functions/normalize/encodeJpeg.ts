import { equal } from "node:assert/strict";
import { Init, Param, PixelFormat, type TurboJpeg } from "../../../functions/normalize/turboJpeg";

/** turbojpeg.h: parameters of an encoder that the function never sets. */
export const Extra = { optimize: 11, progressive: 12, restartBlocks: 18, restartRows: 19 } as const;
/** turbojpeg.h: subsampling of chroma. */
export const Sampling = { full: 0, wide: 1, half: 2, grey: 3, tall: 4, quarter: 5, high: 6 } as const;

/** A colourful picture with edges and noise that stays inside the gamut. */
export function picture(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  let seed = 1;
  for (let i = 0; i < rgb.length; i++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const [x, y] = [Math.trunc(i / 3) % width, Math.trunc(i / 3 / width)];
    const shape = (x >> 4) % 3 === 0 ? 30 : 0;
    rgb[i] = 90 + shape + 40 * Math.sin((x + (i % 3) * 20) / 17) + 25 * Math.cos(y / 9) + (seed >>> 28);
  }
  return rgb;
}

/** Encodes a picture, by default {@link picture}, with quality 90 unless the settings say otherwise. */
export function encodeJpeg(
  turbo: TurboJpeg,
  width: number,
  height: number,
  sampling: number,
  settings: Readonly<Record<number, number>> = {},
  rgb = picture(width, height),
): Buffer {
  const handle = turbo.init(Init.Compress);
  for (const [param, value] of [[Param.Quality, 90], [Param.Subsampling, sampling], ...Object.entries(settings)]) {
    equal(turbo.set(handle, Number(param), Number(value)), 0);
  }
  const to = Buffer.alloc(width * height * 6 + 100_000);
  turbo.set(handle, Param.NoRealloc, 1);
  const size: [number] = [to.length];
  equal(turbo.compress(handle, rgb, width, 0, height, PixelFormat.Rgb, [to], size), 0);
  turbo.destroy(handle);
  return to.subarray(0, size[0]);
}
