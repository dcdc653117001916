import type { Raster } from "./areaResize";
import type { JpegKernels } from "./jpegKernels";
import { type Turn, UPRIGHT } from "./orientationTurns";
import type { InflateKernels } from "./pngInflater";
import { RASTER_KERNELS } from "./rasterKernels";
import { areaTaps, linearTaps, type Taps } from "./resizeTaps";
import type { VideoKernels } from "./videoResizer";
import type { Vp8Kernels } from "./vp8Kernels";

/** A picture in the memory of {@link AreaResizer}. */
export interface Stored extends Size {
  /** Address of its first row; nothing else of use lies behind it. */
  readonly at: number;
  /** Bytes from row to row. */
  readonly stride: number;
}

/** What the tables of a resize depend on. */
interface Size {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** areaResize.as.ts' functions. */
export interface Kernels extends JpegKernels, InflateKernels, VideoKernels, Vp8Kernels {
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
  /** pngRows.as.ts' functions, in the same memory. */
  unfilterRow(filter: number, from: number, above: number, to: number, size: number, pixel: number): void;
  dropAlpha(from: number, to: number, size: number, pixel: number): void;
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

/** Where one resize has its tables and its result. */
interface Plan {
  readonly vertical: Taps;
  /** Horizontal weights of an output pixel, in fours. */
  readonly quads: number;
  readonly channels: 1 | 3;
  /** Of an input row. */
  readonly samples: number;
  /** Columns and rows of the result before it is turned. */
  readonly across: number;
  readonly down: number;
  /** Addresses. */
  readonly row: number;
  readonly offsets: number;
  readonly weights: number;
  readonly out: number;
  readonly end: number;
}

/** A picture that arrives row by row: see {@link AreaResizer.strip}. Valid until the resizer's next call. */
export interface Strip {
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly kernels: Kernels;
  /** Address of the memory that the caller wanted. */
  readonly scratch: number;
  /** Address where the next row goes. */
  next(): number;
  /** The next row is there: resizes the output rows that it completes. */
  push(): void;
  /** The result, once every row has come. */
  finish(): Raster;
}

/** Rows of a strip beyond those that one output row covers: older ones are moved away once in so many rows. */
const STRIP_ROWS = 64;

const PAGE = 65_536;
/** What the kernels may read or write past a row. */
const SLACK = 256;
/** Memory above this is given back after use: a colour picture of 16 MP fits. */
export const KEPT_BYTES = 48 * 1024 * 1024;

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
      compiled ??= new WebAssembly.Module(Buffer.from(RASTER_KERNELS, "base64"));
      this.#memory = new WebAssembly.Memory({ initial: 0 });
      this.#kernels = new WebAssembly.Instance(compiled, { env: { memory: this.#memory } }).exports as Kernels;
    }
    const missing = bytes + SLACK - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return new Uint8Array(this.#memory.buffer, 0, bytes);
  }

  /** The functions that work in this memory, once some of it is reserved. */
  get kernels(): Kernels {
    return this.#kernels as Kernels;
  }

  /** Forgets the memory when it has become large; the next picture begins with a fresh one. */
  release(): void {
    if (this.#memory !== undefined && this.#memory.buffer.byteLength > KEPT_BYTES) {
      this.#memory = undefined;
      this.#kernels = undefined;
    }
  }

  /** The tables of one resize; the last ones are kept, for pictures of one size come in rows. */
  #tables(source: Size, across: number, down: number, turn: Turn): Tables {
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
    return this.resize({ ...source, at: 0, stride: source.width * source.channels }, width, height);
  }

  /**
   * @param source the picture, in the memory
   * @param width of the upright result
   * @param height of the upright result
   */
  resize(source: Stored, width: number, height: number, turn: Turn = UPRIGHT): Raster {
    const plan = this.#plan(source, source.at + source.stride * source.height, width, height, turn);
    for (let y = 0; y < plan.down; y++) this.#resizeRow(plan, y, source.at, source.stride);
    return this.#result(plan, turn);
  }

  /**
   * Resizes an upright picture that arrives row by row, from the top: only the rows that one output row covers, and a
   * few more, are ever in memory.
   * @param scratch further bytes of memory that the caller wants
   */
  strip(source: Size, width: number, height: number, scratch: number): Strip {
    const stride = source.width * source.channels;
    const { vertical } = this.#tables(source, width, height, UPRIGHT);
    const capacity = Math.min(source.height, vertical.most + STRIP_ROWS);
    const at = align(stride * capacity + SLACK);
    const plan = this.#plan(source, at + scratch, width, height, UPRIGHT);
    const memory = this.reserve(plan.end);
    const kernels = this.#kernels as Kernels;
    // Index of the first row that is kept, how many rows have come, and how many output rows are done.
    let [top, rows, done] = [0, 0, 0];
    return {
      memory,
      kernels,
      scratch: at,
      next: () => {
        if (rows - top === capacity) {
          // The last row stays in any case: the next one may be told by its difference from it.
          const keep = Math.min(vertical.first[done] ?? rows, rows - 1);
          memory.copyWithin(0, (keep - top) * stride, (rows - top) * stride);
          top = keep;
        }
        return (rows - top) * stride;
      },
      push: () => {
        rows++;
        while (done < plan.down && (vertical.first[done] as number) + (vertical.count[done] as number) <= rows) {
          this.#resizeRow(plan, done++, -top * stride, stride);
        }
      },
      finish: () => this.#result(plan, UPRIGHT),
    };
  }

  /** Lays tables and results out behind what the memory already holds. */
  #plan(source: Size, held: number, width: number, height: number, turn: Turn): Plan {
    const { channels } = source;
    const [across, down] = turn.transpose ? [height, width] : [width, height];
    const { horizontal, vertical } = this.#tables(source, across, down, turn);
    const samples = source.width * channels;
    const row = align(held + SLACK);
    const offsets = align(row + samples * 4 + horizontal.most * channels * 4 + SLACK);
    const weights = align(offsets + across * 4 + SLACK);
    const out = align(weights + (across + 4) * horizontal.most * channels * 4 + SLACK);
    const end = out + across * channels * down + SLACK;
    this.reserve(end);
    const { buffer } = this.#memory as Memory;
    // Weights of zero meet what lies past the row: it must be numbers.
    new Float32Array(buffer, row, (offsets - row) / 4).fill(0, samples);
    const offset = new Uint32Array(buffer, offsets, across + 4).fill(0);
    for (let x = 0; x < across; x++) offset[x] = (horizontal.first[x] as number) * channels * 4;
    new Float32Array(buffer, weights, horizontal.weight.length).set(horizontal.weight);
    const quads = horizontal.most / 4;
    return { vertical, quads, channels, samples, across, down, row, offsets, weights, out, end };
  }

  /**
   * One output row.
   * @param origin address where the first input row lies, or would lie
   */
  #resizeRow(plan: Plan, y: number, origin: number, stride: number): void {
    const { vertical, channels, samples, across, row, offsets, weights, quads } = plan;
    const kernels = this.#kernels as Kernels;
    const at = y * vertical.most;
    const count = vertical.count[y] as number;
    const first = origin + (vertical.first[y] as number) * stride;
    const last = first + (count - 1) * stride;
    const upper = Math.round((vertical.weight[at] as number) * SHARE);
    const lower = count === 1 ? 0 : Math.round((vertical.weight[at + count - 1] as number) * SHARE);
    kernels.sumRows(first, count - 2, last, (lower << 16) | upper, stride, samples, row);
    const sumColumns = channels === 1 ? kernels.sumColumns1 : kernels.sumColumns3;
    sumColumns(row, offsets, weights, quads, across, plan.out + y * across * channels);
  }

  #result({ across, down, channels, out }: Plan, turn: Turn): Raster {
    const data = new Uint8Array((this.#memory as Memory).buffer, out, across * channels * down);
    if (!turn.transpose) return { data: data.slice(), width: across, height: down, channels };
    return { data: transposed(data, across, down, channels), width: down, height: across, channels };
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
