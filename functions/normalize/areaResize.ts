/** Interleaved 8-bit samples of a picture, row by row. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Samples per pixel. */
  readonly channels: number;
}

/** For each output position: the first input position, and the weights of it and the following ones. */
interface Taps {
  readonly first: Int32Array;
  /** Where each output position's weights begin; one more entry than positions. */
  readonly offset: Int32Array;
  readonly weight: Float64Array;
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
  return resample(source, taps(source.width, width), taps(source.height, height), width, height);
}

/** Shares of the input area that each output position covers. */
function areaTaps(from: number, to: number): Taps {
  const scale = 1 / (to / from);
  return collectTaps(to, (position) => {
    const begin = position * scale;
    const end = Math.min(begin + scale, from);
    // OpenCV drops slivers below a thousandth of a pixel; so must we, to choose the same pixels.
    const first = Math.ceil(begin) - begin > 1e-3 ? Math.floor(begin) : Math.ceil(begin);
    const last = end - Math.floor(end) > 1e-3 ? Math.floor(end) : Math.floor(end) - 1;
    const weights: number[] = [];
    for (let i = first; i <= Math.min(last, from - 1); i++) {
      weights.push((Math.min(i + 1, end) - Math.max(i, begin)) / (end - begin));
    }
    return { first, weights };
  });
}

/** The two neighbours of each output position and their shares, as OpenCV weights them for INTER_AREA. */
function linearTaps(from: number, to: number): Taps {
  // OpenCV's order of rounding, single precision included: it decides which neighbour an exact hit takes.
  const inverse = to / from;
  const scale = 1 / inverse;
  return collectTaps(to, (position) => {
    const neighbour = Math.floor(position * scale);
    const reach = Math.fround(position + 1 - (neighbour + 1) * inverse);
    const share = reach <= 0 ? 0 : reach - Math.floor(reach);
    if (neighbour >= from - 1) return { first: from - 1, weights: [1] };
    return { first: neighbour, weights: share === 0 ? [1] : [1 - share, share] };
  });
}

function collectTaps(to: number, at: (position: number) => { first: number; weights: number[] }): Taps {
  const first = new Int32Array(to);
  const offset = new Int32Array(to + 1);
  const weight: number[] = [];
  for (let position = 0; position < to; position++) {
    const tap = at(position);
    first[position] = tap.first;
    weight.push(...tap.weights);
    offset[position + 1] = weight.length;
  }
  return { first, offset, weight: Float64Array.from(weight) };
}

function resample(source: Raster, horizontal: Taps, vertical: Taps, width: number, height: number): Raster {
  const { channels } = source;
  const samples = width * channels;
  const data = new Uint8Array(samples * height);
  const sum = new Float64Array(samples);
  // Neighbouring output rows share at most their border rows, so the last resampled row is all that is kept.
  const row = new Float64Array(samples);
  let rowIndex = -1;
  for (let y = 0; y < height; y++) {
    sum.fill(0);
    const begin = vertical.offset[y] as number;
    const end = vertical.offset[y + 1] as number;
    for (let tap = begin; tap < end; tap++) {
      const index = (vertical.first[y] as number) + tap - begin;
      if (index !== rowIndex) {
        resampleRow(source, index, horizontal, row);
        rowIndex = index;
      }
      const weight = vertical.weight[tap] as number;
      for (let i = 0; i < samples; i++) sum[i] = (sum[i] as number) + weight * (row[i] as number);
    }
    const at = y * samples;
    for (let i = 0; i < samples; i++) data[at + i] = Math.round(sum[i] as number);
  }
  return { data, width, height, channels };
}

function resampleRow(source: Raster, y: number, taps: Taps, row: Float64Array): void {
  const { data, channels } = source;
  const base = y * source.width * channels;
  const { first, offset, weight } = taps;
  for (let x = 0; x < first.length; x++) {
    const begin = offset[x] as number;
    const end = offset[x + 1] as number;
    for (let channel = 0; channel < channels; channel++) {
      let value = 0;
      let at = base + (first[x] as number) * channels + channel;
      for (let tap = begin; tap < end; tap++) {
        value += (weight[tap] as number) * (data[at] as number);
        at += channels;
      }
      row[x * channels + channel] = value;
    }
  }
}
