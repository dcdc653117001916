import type { Raster } from "./areaResize";
import { AREA_RESIZE_WASM } from "./areaResizeWasm";
import { type Turn, UPRIGHT } from "./orientationTurns";
import { areaTaps, linearTaps, type Taps } from "./resizeTaps";

/** A picture at the beginning of the memory of {@link AreaResizer}. */
export interface Stored {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Bytes from row to row. */
  readonly stride: number;
}

/** areaResize.as.ts' functions. */
interface Kernels {
  sumRows(
    first: number,
    between: number,
    last: number,
    weights: number,
    stride: number,
    samples: number,
    out: number,
  ): void;
  sumColumns1(row: number, offsets: number, weights: number, quads: number, count: number, out: number): void;
  sumColumns3(row: number, offsets: number, weights: number, quads: number, count: number, out: number): void;
}

/** What is used of WebAssembly; its types come with the DOM's only. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => Memory;
  readonly Instance: new (module: object, imports: { env: { memory: Memory } }) => { readonly exports: unknown };
};

interface Tables {
  /** Of the sizes they are for. */
  readonly key: string;
  readonly vertical: Taps;
  /** Its weights once for each channel. */
  readonly horizontal: Taps;
}

const PAGE = 65_536;
/** What the kernels may read or write past a row. */
const SLACK = 256;
/** Memory above this is given back after use: a colour picture of 16 MP fits. */
const KEPT_BYTES = 48 * 1024 * 1024;

/** Weight one of sumRows. */
const SHARE = 2 ** 14;

let compiled: object | undefined;

/**
 * Resizes as OpenCV's INTER_AREA does (see areaResize.ts, which it follows to the rounding), with SIMD. Decoders write straight
 * into its memory: nothing is copied. Not reentrant: {@link reserve}, fill and {@link resize} without awaiting.
 */
export class AreaResizer {
  #memory: Memory | undefined;
  #kernels: Kernels | undefined;
  #last: Tables | undefined;

  /** Room at the beginning of the memory, valid until the next call of any method. Contents are arbitrary. */
  reserve(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.#memory === undefined) {
      compiled ??= new WebAssembly.Module(Buffer.from(AREA_RESIZE_WASM, "base64"));
      this.#memory = new WebAssembly.Memory({ initial: 0 });
      this.#kernels = new WebAssembly.Instance(compiled, { env: { memory: this.#memory } }).exports as Kernels;
    }
    const missing = bytes + SLACK - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return new Uint8Array(this.#memory.buffer, 0, bytes);
  }

  /** Forgets the memory when it has become large; the next picture begins with a fresh one. */
  release(): void {
    if (this.#memory !== undefined && this.#memory.buffer.byteLength > KEPT_BYTES) {
      this.#memory = undefined;
      this.#kernels = undefined;
    }
  }

  /** The tables of one resize; the last ones are kept, for pictures of one size come in rows. */
  #tables(source: Stored, across: number, down: number, turn: Turn): Tables {
    const key = [source.width, source.height, source.channels, across, down, turn.mirrorX, turn.mirrorY].join();
    if (this.#last?.key === key) return this.#last;
    const shrinks = source.width >= across && source.height >= down;
    const taps = shrinks ? areaTaps : linearTaps;
    const vertical = taps(source.height, down, turn.mirrorY, 1);
    const horizontal = taps(source.width, across, turn.mirrorX, 4);
    // Shares are in input pixels; the horizontal ones become parts of the area covered.
    const area = shrinks ? (source.width / across) * (source.height / down) : 1;
    const weight = repeated(horizontal.weight, source.channels, 1 / (area * SHARE));
    this.#last = { key, vertical, horizontal: { ...horizontal, weight } };
    return this.#last;
  }

  /** Resizes a picture that lies elsewhere. */
  resizeRaster(source: Raster & { readonly channels: 1 | 3 }, width: number, height: number): Raster {
    this.reserve(source.data.length).set(source.data);
    return this.resize({ ...source, stride: source.width * source.channels }, width, height);
  }

  /**
   * @param source the picture at the beginning of the memory
   * @param width of the upright result
   * @param height of the upright result
   */
  resize(source: Stored, width: number, height: number, turn: Turn = UPRIGHT): Raster {
    const { channels } = source;
    const [across, down] = turn.transpose ? [height, width] : [width, height];
    const { horizontal, vertical } = this.#tables(source, across, down, turn);
    const samples = source.width * channels;

    const row = align(source.stride * source.height + SLACK);
    const offsets = align(row + samples * 4 + horizontal.most * channels * 4 + SLACK);
    const weights = align(offsets + across * 4 + SLACK);
    const out = align(weights + (across + 4) * horizontal.most * channels * 4 + SLACK);
    const outSamples = across * channels;
    this.reserve(out + outSamples * down + SLACK);
    const { buffer } = this.#memory as Memory;
    const kernels = this.#kernels as Kernels;

    // Weights of zero meet what lies past the row: it must be numbers.
    new Float32Array(buffer, row, (offsets - row) / 4).fill(0, samples);
    const offset = new Uint32Array(buffer, offsets, across + 4).fill(0);
    for (let x = 0; x < across; x++) offset[x] = (horizontal.first[x] as number) * channels * 4;
    new Float32Array(buffer, weights, horizontal.weight.length).set(horizontal.weight);

    const { sumRows } = kernels;
    const sumColumns = channels === 1 ? kernels.sumColumns1 : kernels.sumColumns3;
    const quads = horizontal.most / 4;
    for (let y = 0; y < down; y++) {
      const at = y * vertical.most;
      const count = vertical.count[y] as number;
      const first = (vertical.first[y] as number) * source.stride;
      const last = first + (count - 1) * source.stride;
      const upper = Math.round((vertical.weight[at] as number) * SHARE);
      const lower = count === 1 ? 0 : Math.round((vertical.weight[at + count - 1] as number) * SHARE);
      sumRows(first, count - 2, last, (lower << 16) | upper, source.stride, samples, row);
      sumColumns(row, offsets, weights, quads, across, out + y * outSamples);
    }
    const data = new Uint8Array(buffer, out, outSamples * down);
    const result = turn.transpose ? transposed(data, across, down, channels) : data.slice();
    return { data: result, width, height, channels };
  }
}

function repeated(values: Float32Array, times: number, factor: number): Float32Array {
  const result = new Float32Array(values.length * times);
  for (let i = 0; i < result.length; i++) result[i] = (values[Math.trunc(i / times)] as number) * factor;
  return result;
}

function align(address: number): number {
  return (address + 63) & ~63;
}

function transposed(data: Uint8Array, width: number, height: number, channels: number): Uint8Array {
  const result = new Uint8Array(data.length);
  let to = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const from = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel++) result[to++] = data[from + channel] as number;
    }
  }
  return result;
}
