import { areaTaps, linearTaps, type Taps } from "./resizeTaps";

/** Interleaved 8-bit samples of a picture, row by row. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Samples per pixel. */
  readonly channels: number;
}

/**
 * Resizes as OpenCV's INTER_AREA does. When both sides shrink, each output pixel is the average of the input area it
 * covers, borders weighted by their share. When a side grows, OpenCV interpolates linearly between the two
 * neighbours, with weights that keep the area; both behaviours are reproduced, with float sums and one rounding.
 * @param source picture of any size
 * @param width width of the result in pixels
 * @param height height of the result in pixels
 */
export function areaResize(source: Raster, width: number, height: number): Raster {
  if (source.width === width && source.height === height) return source;
  const shrinks = source.width >= width && source.height >= height;
  const taps = shrinks ? areaTaps : linearTaps;
  // Shares are in input pixels: when shrinking, they add up to the area that an output pixel covers.
  const area = shrinks ? (source.width / width) * (source.height / height) : 1;
  const horizontal = taps(source.width, width, false, 1);
  const vertical = taps(source.height, height, false, 1);
  const { channels } = source;
  const samples = width * channels;
  const data = new Uint8Array(samples * height);
  const sum = new Float64Array(samples);
  // Neighbouring output rows share at most their border rows, so the last resampled row is all that is kept.
  const row = new Float64Array(samples);
  let rowIndex = -1;
  for (let y = 0; y < height; y++) {
    sum.fill(0);
    for (let tap = 0; tap < (vertical.count[y] as number); tap++) {
      const index = (vertical.first[y] as number) + tap;
      if (index !== rowIndex) {
        resampleRow(source, index, horizontal, row);
        rowIndex = index;
      }
      const weight = vertical.weight[y * vertical.most + tap] as number;
      for (let i = 0; i < samples; i++) sum[i] = (sum[i] as number) + weight * (row[i] as number);
    }
    for (let i = 0; i < samples; i++) data[y * samples + i] = Math.round((sum[i] as number) / area);
  }
  return { data, width, height, channels };
}

function resampleRow(source: Raster, y: number, { first, count, weight, most }: Taps, row: Float64Array): void {
  const { data, channels } = source;
  const base = y * source.width * channels;
  for (let x = 0; x < first.length; x++) {
    for (let channel = 0; channel < channels; channel++) {
      let value = 0;
      let at = base + (first[x] as number) * channels + channel;
      for (let tap = 0; tap < (count[x] as number); tap++) {
        value += (weight[x * most + tap] as number) * (data[at] as number);
        at += channels;
      }
      row[x * channels + channel] = value;
    }
  }
}
