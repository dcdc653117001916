import type { Raster } from "./areaResize";

/** BT.601 luma of one pixel with OpenCV's fixed-point weights (2^15 ths, rounded). */
export function luma(red: number, green: number, blue: number): number {
  return (9798 * red + 19235 * green + 3735 * blue + 16384) >> 15;
}

/** A picture in one channel, as OpenCV's BGR2GRAY. */
export function toGrey(raster: Raster): Raster {
  const { width, height, channels, data } = raster;
  if (channels === 1) return raster;
  const grey = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
    grey[i] = luma(data[at] as number, data[at + 1] as number, data[at + 2] as number);
  }
  return { data: grey, width, height, channels: 1 };
}

/** A picture in three channels. */
export function toRgb(raster: Raster): Raster {
  const { width, height, channels, data } = raster;
  if (channels === 3) return raster;
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0, at = 0; i < data.length; i++, at += 3) rgb.fill(data[i] as number, at, at + 3);
  return { data: rgb, width, height, channels: 3 };
}
