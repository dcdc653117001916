import type { Raster } from "./areaResize";
import type { Kernels } from "./areaResizer";
import { areaTaps, linearTaps, type Taps } from "./resizeTaps";

/** Functions of videoResize.as.ts. */
export interface VideoKernels {
  sumColumns(row: number, offsets: number, weights: number, quads: number, count: number, out: number): void;
  greyOfVideo(luma: number, blue: number, red: number, count: number, out: number, more: number): void;
  greyOfGrey(grey: number, count: number, out: number): void;
}

/** A picture of luma, and of chroma that has half its width and height, rounded up. */
export interface VideoSize {
  readonly width: number;
  readonly height: number;
}

/** What the kernels may read or write past a row, in samples. */
const SLACK = 64;
/** Rows of a plane that are kept beyond those that one output row covers: older ones are moved away once in so many rows. */
const KEPT_ROWS = 64;
/** Weight one of sumRows. */
const SHARE = 2 ** 14;
/** Rows of a macroblock, in which both planes come. */
const BLOCK_ROWS = 16;

/** Tables of one plane's resize, and the memory that it takes. */
interface PlanePlan {
  readonly vertical: Taps;
  readonly horizontal: Taps;
  /** Samples of a row, where each of its parts lies one after the other, and bytes from row to row. */
  readonly samples: number;
  readonly stride: number;
  readonly capacity: number;
}

interface Plan {
  readonly key: string;
  readonly luma: PlanePlan;
  readonly chroma: PlanePlan;
  readonly width: number;
  readonly height: number;
  /** What rounding halves up adds on average to means of four whole levels. */
  readonly more: number;
}

let last: Plan | undefined;

/**
 * Resizes luma and chroma that arrive row by row, from the top, as {@link AreaResizer} does, and makes grey of both: that
 * which OpenCV makes of resized RGB, whose rounding only chroma can tell.
 */
export class VideoResizer {
  readonly #plan: Plan;
  readonly #kernels: Kernels;
  readonly #memory: Uint8Array<ArrayBuffer>;
  readonly #luma: PlaneRows;
  readonly #chroma: PlaneRows;
  readonly #out: number;
  #done = 0;

  /** Bytes of memory that a resize takes. */
  static bytes(source: VideoSize, width: number, height: number): number {
    const { luma, chroma } = planOf(source, width, height);
    return planeBytes(luma) + planeBytes(chroma) + 3 * floatBytes(width) + align(width * height + SLACK);
  }

  /** @param at address of {@link VideoResizer.bytes} bytes */
  constructor(
    source: VideoSize,
    width: number,
    height: number,
    memory: Uint8Array<ArrayBuffer>,
    kernels: Kernels,
    at: number,
  ) {
    this.#plan = planOf(source, width, height);
    this.#kernels = kernels;
    this.#memory = memory;
    const { luma, chroma } = this.#plan;
    this.#luma = new PlaneRows(luma, memory, kernels, at);
    this.#chroma = new PlaneRows(chroma, memory, kernels, at + planeBytes(luma));
    this.#out = at + planeBytes(luma) + planeBytes(chroma);
  }

  /** Address where the next rows of luma go. */
  lumaRoom(rows: number): number {
    return this.#luma.room(rows);
  }

  /** Address where the next rows of chroma go: the blue one's, and {@link chromaHalf} further the red one's. */
  chromaRoom(rows: number): number {
    return this.#chroma.room(rows);
  }

  /** Bytes from row to row of luma and of chroma, and to the other chroma. */
  get lumaStride(): number {
    return this.#plan.luma.stride;
  }

  get chromaStride(): number {
    return this.#plan.chroma.stride;
  }

  get chromaHalf(): number {
    return this.#plan.chroma.stride / 2;
  }

  /**
   * So many rows have come: resizes the output rows that they complete.
   * @param isGrey luma is grey of 0 to 255, and chroma of no use
   */
  push(luma: number, chroma: number, isGrey: boolean): void {
    const { width, height, more } = this.#plan;
    this.#luma.add(luma);
    this.#chroma.add(chroma);
    const size = floatBytes(width);
    const [y, u, v] = [this.#out, this.#out + size, this.#out + 2 * size];
    for (; this.#done < height && this.#luma.has(this.#done) && this.#chroma.has(this.#done); this.#done++) {
      this.#luma.resize(this.#done, [y], width);
      const to = this.#out + 3 * size + this.#done * width;
      if (isGrey) {
        this.#kernels.greyOfGrey(y, width, to);
        continue;
      }
      this.#chroma.resize(this.#done, [u, v], width);
      this.#kernels.greyOfVideo(y, u, v, width, to, more);
    }
    this.#luma.keep(this.#done);
    this.#chroma.keep(this.#done);
  }

  /** The result, once every row has come. */
  finish(): Raster {
    const { width, height } = this.#plan;
    const from = this.#out + 3 * floatBytes(width);
    return { data: this.#memory.slice(from, from + width * height), width, height, channels: 1 };
  }
}

/** The last rows of a plane, or of two side by side, and their resize. */
class PlaneRows {
  readonly #plan: PlanePlan;
  readonly #memory: Uint8Array<ArrayBuffer>;
  readonly #kernels: Kernels;
  readonly #at: number;
  readonly #row: number;
  readonly #offsets: number;
  readonly #weights: number;
  /** Index of the first row that is kept, and how many rows have come. */
  #top = 0;
  #rows = 0;
  /** First row that is still needed. */
  #needed = 0;

  constructor(plan: PlanePlan, memory: Uint8Array<ArrayBuffer>, kernels: Kernels, at: number) {
    const { horizontal, stride, capacity } = plan;
    this.#plan = plan;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#at = at;
    this.#row = at + align(capacity * stride + SLACK);
    this.#offsets = this.#row + floatBytes(stride + horizontal.most);
    this.#weights = this.#offsets + floatBytes(horizontal.first.length);
    // Weights of zero meet what lies past the row: it must be numbers.
    new Float32Array(memory.buffer, this.#row, (this.#offsets - this.#row) / 4).fill(0);
    const offsets = new Uint32Array(memory.buffer, this.#offsets, horizontal.first.length + 4).fill(0);
    for (const [x, first] of horizontal.first.entries()) offsets[x] = 4 * first;
    new Float32Array(memory.buffer, this.#weights, horizontal.weight.length).set(horizontal.weight);
  }

  room(rows: number): number {
    const { stride, capacity } = this.#plan;
    if (this.#rows - this.#top + rows > capacity) {
      const from = this.#at + (this.#needed - this.#top) * stride;
      this.#memory.copyWithin(this.#at, from, this.#at + (this.#rows - this.#top) * stride);
      this.#top = this.#needed;
    }
    return this.#at + (this.#rows - this.#top) * stride;
  }

  add(rows: number): void {
    this.#rows += rows;
  }

  has(y: number): boolean {
    const { first, count } = this.#plan.vertical;
    return (first[y] as number) + (count[y] as number) <= this.#rows;
  }

  /** Older rows than those of an output row are of no use any more. */
  keep(y: number): void {
    this.#needed = Math.min(this.#plan.vertical.first[y] ?? this.#rows, this.#rows);
  }

  /** One output row, as floats to each address: of the planes that lie side by side. */
  resize(y: number, to: readonly number[], width: number): void {
    const { vertical, horizontal, samples, stride } = this.#plan;
    const at = y * vertical.most;
    const count = vertical.count[y] as number;
    const first = this.#at + ((vertical.first[y] as number) - this.#top) * stride;
    const end = first + (count - 1) * stride;
    const upper = Math.round((vertical.weight[at] as number) * SHARE);
    const lower = count === 1 ? 0 : Math.round((vertical.weight[at + count - 1] as number) * SHARE);
    this.#kernels.sumRows(first, count - 2, end, (lower << 16) | upper, stride, samples, this.#row);
    for (const [i, address] of to.entries()) {
      const from = this.#row + (4 * i * stride) / to.length;
      this.#kernels.sumColumns(from, this.#offsets, this.#weights, horizontal.most / 4, width, address);
    }
  }
}

function planOf({ width, height }: VideoSize, across: number, down: number): Plan {
  const key = [width, height, across, down].join();
  if (last?.key !== key) {
    last = {
      key,
      luma: planePlan(width, height, across, down, 1),
      chroma: planePlan(Math.ceil(width / 2), Math.ceil(height / 2), across, down, 2),
      width: across,
      height: down,
      more: width === 2 * across && height === 2 * down ? 1 / 8 : 0,
    };
  }
  return last;
}

function planePlan(width: number, height: number, across: number, down: number, parts: 1 | 2): PlanePlan {
  // Chroma may grow one way where luma does not.
  const horizontal = (width >= across ? areaTaps : linearTaps)(width, across, false, 4);
  const vertical = (height >= down ? areaTaps : linearTaps)(height, down, false, 1);
  const area = Math.max(1, width / across) * Math.max(1, height / down);
  // Macroblocks are written whole.
  const part = align(width + BLOCK_ROWS + SLACK);
  const rows = Math.ceil(height / BLOCK_ROWS) * BLOCK_ROWS;
  return {
    horizontal: { ...horizontal, weight: horizontal.weight.map((weight) => weight / (area * SHARE)) },
    vertical,
    samples: (parts - 1) * part + width,
    stride: parts * part,
    capacity: Math.min(rows, vertical.most + KEPT_ROWS) + BLOCK_ROWS,
  };
}

function planeBytes({ horizontal, stride, capacity }: PlanePlan): number {
  const tables = floatBytes(stride + horizontal.most) + floatBytes(horizontal.first.length);
  return align(capacity * stride + SLACK) + tables + floatBytes(horizontal.weight.length + 4 * horizontal.most);
}

/** Of so many floats, and what a kernel may touch past them. */
function floatBytes(count: number): number {
  return align(4 * (count + SLACK));
}

function align(address: number): number {
  return (address + 63) & ~63;
}
