/** For each output position the first input position and the number of inputs, and all their weights. */
export interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `most` per output position; the rest is zero. */
  readonly weight: Float32Array;
  readonly most: number;
}

/** How much of each input position an output position covers; those in between weigh one. */
export function areaTaps(from: number, to: number, mirrored: boolean, multiple: 1 | 4): Taps {
  const scale = 1 / (to / from);
  const taps = emptyTaps(to, Math.ceil(scale) + 1, multiple);
  for (let position = 0; position < to; position++) {
    const begin = position * scale;
    const end = Math.min(begin + scale, from);
    // OpenCV drops slivers below a thousandth of a pixel; so must we, to choose the same pixels.
    const first = Math.ceil(begin) - begin > 1e-3 ? Math.floor(begin) : Math.ceil(begin);
    const last = Math.min(end - Math.floor(end) > 1e-3 ? Math.floor(end) : Math.floor(end) - 1, from - 1);
    const count = last - first + 1;
    place(taps, position, first, count, from, mirrored);
    const at = position * taps.most;
    for (let i = 0; i < count; i++) {
      const share = Math.min(first + i + 1, end) - Math.max(first + i, begin);
      taps.weight[at + (mirrored ? count - 1 - i : i)] = share;
    }
  }
  return taps;
}

/** The two neighbours of each output position and their shares, as OpenCV weights them for INTER_AREA. */
export function linearTaps(from: number, to: number, mirrored: boolean, multiple: 1 | 4): Taps {
  // OpenCV's order of rounding, single precision included: it decides which neighbour an exact hit takes.
  const inverse = to / from;
  const scale = 1 / inverse;
  const taps = emptyTaps(to, 2, multiple);
  for (let position = 0; position < to; position++) {
    const neighbour = Math.min(Math.floor(position * scale), from - 1);
    const reach = Math.fround(position + 1 - (neighbour + 1) * inverse);
    const share = reach <= 0 || neighbour === from - 1 ? 0 : reach - Math.floor(reach);
    const count = share === 0 ? 1 : 2;
    place(taps, position, neighbour, count, from, mirrored);
    const at = position * taps.most;
    taps.weight[at + (mirrored ? count - 1 : 0)] = 1 - share;
    if (count === 2) taps.weight[at + (mirrored ? 0 : 1)] = share;
  }
  return taps;
}

function emptyTaps(to: number, most: number, multiple: number): Taps {
  const padded = Math.ceil(most / multiple) * multiple;
  return { first: new Int32Array(to), count: new Int32Array(to), weight: new Float32Array(to * padded), most: padded };
}

function place(taps: Taps, position: number, first: number, count: number, from: number, mirrored: boolean): void {
  taps.first[position] = mirrored ? from - first - count : first;
  taps.count[position] = count;
}
