import type { Kernels } from "./areaResizer";
import { readHeader, type Vp8Header } from "./vp8Header";
import { COEFFICIENT_CHANCES, MODE_CHANCES, UPDATE_CHANCES } from "./vp8Tables";
import type { WebpLayout } from "./webpLayout";

/** Addresses of what is set here (vp8State.as.ts). */
const Field = {
  readers: 0,
  across: 320,
  hasSegments: 328,
  skipChance: 332,
  partitions: 336,
  filter: 340,
  band: 344,
  stride: 348,
  above: 352,
  odd: 356,
  excess: 360,
  squares: 368,
  segment: 384,
  segmentChances: 388,
  chromaBand: 432,
  chromaStride: 436,
  coloured: 440,
  segments: 448,
  aboveFlags: 736,
  leftFlags: 768,
  modeTree: 832,
  valueTree: 864,
  categories: 896,
  modeChances: 1088,
  chances: 3072,
  defaultChances: 8896,
  updateChances: 9984,
  modePixels: 11_712,
} as const;
const READER = 32;
const SEGMENT = 64;
const ABOVE = 64;

/** Bytes that the kernels use from address 0 on. */
export const VP8_STATE = 11_904;
/** Rows of a macroblock, and rows above a band that the loop filter reads; it changes three of them. */
const ROWS = 16;
const ROWS_ABOVE = 4;
const CHANGED_ROWS = 3;
/** Bytes on either side of a band. */
const MARGIN = 32;
/** A frame's tag and key frame header. */
const FRAME_HEADER = 10;

/** Nodes of the tree of block modes by twos, DC, true motion, vertical, horizontal, then as RFC 6386, 11.2 has them; leaves from 64 on. */
const MODE_TREE = [64, 1, 65, 2, 66, 3, 4, 6, 67, 5, 69, 70, 68, 7, 71, 8, 72, 73];
/** The same of coefficients above 1, from the fourth node on (section 13.2); leaves from 16 on are those of {@link CATEGORIES}. */
const VALUE_TREE = [4, 6, 16, 5, 17, 18, 7, 8, 19, 20, 9, 10, 21, 22, 23, 24];
/**
 * Of block modes from the third on (section 12.3), which mean makes each pixel: up to 15 of three neighbours, from 16 on of
 * two, numbered along the edge from the lowest pixel to the left, counted twice, up to the corner, 5, and to the right.
 */
const MODE_PIXELS = [
  [6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9],
  [4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1],
  [7, 8, 9, 10, 8, 9, 10, 11, 9, 10, 11, 12, 10, 11, 12, 13],
  [5, 6, 7, 8, 4, 5, 6, 7, 3, 4, 5, 6, 2, 3, 4, 5],
  [21, 22, 23, 24, 5, 6, 7, 8, 4, 21, 22, 23, 3, 5, 6, 7],
  [22, 23, 24, 25, 7, 8, 9, 10, 23, 24, 25, 11, 8, 9, 10, 12],
  [20, 5, 6, 7, 19, 4, 20, 5, 18, 3, 19, 4, 17, 2, 18, 3],
  [19, 3, 18, 2, 18, 2, 17, 1, 17, 1, 0, 0, 0, 0, 0, 0],
] as const;
/** Least value, and chances of the bits that are added to it. */
const CATEGORIES = [
  [2],
  [3],
  [4],
  [5, 159],
  [7, 165, 145],
  [11, 173, 148, 140],
  [19, 176, 155, 140, 135],
  [35, 180, 157, 141, 134, 130],
  [67, 254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129],
] as const;
/** Rows and columns of coefficients, by their number. */
const ZIGZAG = [0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15];
/** In which order the kernels have rows. */
const ROW_ORDER = [0, 2, 1, 3];

/** What luma alone may lack of OpenCV's picture: see addExcess. */
export interface Vp8Excess {
  /** Mean over all pixels, of amounts and of squares, in grey levels. */
  readonly mean: number;
  readonly meanSquare: number;
}

/** Rows of luma: the first one's address, bytes from row to row. */
export interface FinalRows {
  readonly at: number;
  readonly stride: number;
  readonly count: number;
}

/** The luma of a key frame of VP8 (RFC 6386), decoded row by row inside the memory of a resizer, to the bit as libwebp does. */
export class Vp8Frame {
  readonly #layout: WebpLayout;
  readonly #memory: Uint8Array;
  readonly #view: DataView;
  readonly #kernels: Kernels;
  readonly #across: number;
  readonly #down: number;
  readonly #stride: number;
  readonly #band: number;
  /** Address after the data, which lies backwards. */
  readonly #end: number;

  /** Bytes of memory that a picture takes besides {@link VP8_STATE}, its data included. */
  static bytes({ width, begin, end }: WebpLayout): number {
    const across = Math.ceil(width / ROWS);
    const bytes = across * ABOVE + (ROWS + ROWS_ABOVE) * bandStride(across) + end - begin + 4 * MARGIN;
    return Math.ceil(bytes / 64) * 64;
  }

  /** @param at address of {@link Vp8Frame.bytes} bytes */
  constructor(bytes: Uint8Array, layout: WebpLayout, memory: Uint8Array, kernels: Kernels, at: number) {
    const { width, height, begin, end } = layout;
    this.#layout = layout;
    this.#memory = memory;
    this.#view = new DataView(memory.buffer);
    this.#kernels = kernels;
    this.#across = Math.ceil(width / ROWS);
    this.#down = Math.ceil(height / ROWS);
    this.#stride = bandStride(this.#across);
    const band = at + this.#across * ABOVE;
    this.#band = band + ROWS_ABOVE * this.#stride + MARGIN;
    const data = band + (ROWS + ROWS_ABOVE) * this.#stride + 2 * MARGIN;
    this.#end = data + end - begin;
    memory.fill(0, 0, VP8_STATE);
    memory.fill(0, at, band);
    memory.set(bytes.subarray(begin, end), data);
    // So that a little-endian load reads the next bits in order.
    memory.subarray(data, this.#end).reverse();
    this.#setTables();
    this.#set(Field.above, at);
  }

  /** Reads what comes before the first macroblock. False when it is unusual or damaged. */
  begin(): boolean {
    const { begin, end } = this.#layout;
    const size = end - begin;
    const [low = 0, middle = 0, high = 0] = this.#fileBytes(0, 3);
    const first = (low | (middle << 8) | (high << 16)) >> 5;
    if (FRAME_HEADER + first >= size) return false;
    if (!this.#beginReader(0, FRAME_HEADER, first)) return false;
    const header = readHeader(this.#kernels);
    if (header === undefined) return false;
    this.#setHeader(header);
    let at = FRAME_HEADER + first + 3 * (header.partitions - 1);
    for (let i = 0; i < header.partitions; i++) {
      const [a = 0, b = 0, c = 0] = this.#fileBytes(FRAME_HEADER + first + 3 * i, 3);
      const length = i + 1 < header.partitions ? a | (b << 8) | (c << 16) : size - at;
      if (at + length > size || !this.#beginReader(i + 1, at, length)) return false;
      at += length;
    }
    return true;
  }

  /**
   * Decodes a row of macroblocks, and their chroma to eight rows elsewhere: the blue one, and halfway to the next row the
   * red one.
   * @returns the rows of luma that are final by now; undefined when the data is damaged
   */
  row(y: number, chroma: number, chromaStride: number): FinalRows | undefined {
    const stride = this.#stride;
    if (y > 0) {
      const last = this.#band - MARGIN + (ROWS - ROWS_ABOVE) * stride;
      this.#memory.copyWithin(this.#band - MARGIN - ROWS_ABOVE * stride, last, last + ROWS_ABOVE * stride);
    }
    this.#set(Field.chromaBand, chroma);
    this.#set(Field.chromaStride, chromaStride);
    if (this.#kernels.decodeRow(y) === 0) return undefined;
    const from = y === 0 ? 0 : -CHANGED_ROWS;
    const to = y + 1 === this.#down ? this.#layout.height - y * ROWS : ROWS - CHANGED_ROWS;
    return { at: this.#band + from * stride, stride, count: to - from };
  }

  /** Whether any of the rows so far has colour. */
  get isColoured(): boolean {
    return this.#view.getInt32(Field.coloured, true) !== 0;
  }

  /** Rows of macroblocks. */
  get rows(): number {
    return this.#down;
  }

  /** Of the rows so far, as part of the whole picture. */
  get excess(): Vp8Excess {
    const pixels = this.#layout.width * this.#layout.height;
    return {
      mean: this.#view.getFloat64(Field.excess, true) / pixels,
      meanSquare: this.#view.getFloat64(Field.squares, true) / pixels,
    };
  }

  /** Bytes of the frame, in their order. */
  #fileBytes(from: number, count: number): readonly number[] {
    return Array.from({ length: count }, (_, i) => this.#memory[this.#end - 1 - from - i] as number);
  }

  /** False when there is nothing to read, or a value that is outside of the range from the beginning. */
  #beginReader(index: number, from: number, size: number): boolean {
    const end = this.#end - from;
    this.#kernels.begin(Field.readers + READER * index, end - size, end);
    return size > 0 && this.#memory[end - 1] !== 255;
  }

  #setHeader({ segmentChances, segments, filter, partitions, skipChance }: Vp8Header): void {
    this.#set(Field.across, this.#across);
    this.#set(Field.hasSegments, segmentChances === undefined ? 0 : 1);
    this.#set(Field.skipChance, skipChance ?? -1);
    this.#set(Field.partitions, partitions - 1);
    this.#set(Field.filter, ["none", "simple", "normal"].indexOf(filter));
    this.#set(Field.band, this.#band);
    this.#set(Field.stride, this.#stride);
    this.#memory.set(segmentChances ?? [], Field.segmentChances);
    for (const [index, { quantisers, strengths }] of segments.entries()) {
      const at = Field.segments + SEGMENT * index;
      const [dc = 0, ac = 0, secondDc = 0, secondAc = 0, chromaDc = 0, chromaAc = 0] = quantisers;
      for (let i = 0; i < 8; i++) {
        this.#set16(at + 2 * i, i === 0 ? dc : ac);
        this.#set16(at + 16 + 2 * i, i === 0 ? 1 : ac);
        this.#set16(at + 32 + 2 * i, i === 0 ? chromaDc : chromaAc);
      }
      this.#memory.set([...strengths[0], ...strengths[1]], at + 48);
      this.#set16(at + 56, secondDc);
      this.#set16(at + 58, secondAc);
    }
  }

  #setTables(): void {
    const memory = this.#memory;
    const fours = [0, 1, 2, 3];
    // Of a block of luma's DC values, four by four of luma, two by two of each chroma.
    const blocks = fours.flatMap((y) => fours.map((x) => [x, y] as const));
    const chroma = [4, 6].flatMap((base) => fours.map((i) => [base + (i & 1), base + (i >> 1)] as const));
    const flags = [[8, 8] as const, ...blocks, ...chroma];
    memory.set(
      flags.map(([above]) => above),
      Field.aboveFlags,
    );
    memory.set(
      flags.map(([, left]) => left),
      Field.leftFlags,
    );
    for (const [number, place] of ZIGZAG.entries()) {
      const offset = 8 * (ROW_ORDER[place >> 2] as number) + 2 * (place & 3);
      for (let kind = 0; kind < 4; kind++) {
        for (let context = 0; context < 3; context++) {
          memory[Field.chances + 1024 * kind + 272 * context + 16 * number + 11] = offset;
        }
      }
    }
    memory.set(MODE_TREE, Field.modeTree);
    memory.set(VALUE_TREE, Field.valueTree + 6);
    for (const [index, [least, ...chances]] of CATEGORIES.entries()) {
      memory.set([least, 0, chances.length, ...chances], Field.categories + 16 * index);
    }
    for (let modes = 0; modes < 100; modes++) {
      memory.set(MODE_CHANCES.slice(9 * modes, 9 * modes + 9), Field.modeChances + 16 * modes);
    }
    for (const [index, pixels] of MODE_PIXELS.entries()) memory.set(pixels, Field.modePixels + 16 * (index + 2));
    memory.set(COEFFICIENT_CHANCES, Field.defaultChances);
    memory.set(UPDATE_CHANCES, Field.updateChances);
  }

  #set16(field: number, value: number): void {
    this.#view.setUint16(field, value, true);
  }

  #set(field: number, value: number): void {
    this.#view.setInt32(field, value, true);
  }
}

function bandStride(across: number): number {
  return across * ROWS + 2 * MARGIN;
}
