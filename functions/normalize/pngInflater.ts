import type { PngLayout } from "./pngLayout";

/** Functions of inflate.as.ts; `state` is an address. */
export interface InflateKernels {
  /** 0 when the data is damaged or its blocks are too small, 1 when there is more, 2 at the end. */
  inflate(state: number, limit: number): number;
  sourceAt(state: number): number;
  adler32(value: number, from: number, size: number): number;
}

/** Places of the state's fields that are set here, in bytes (inflate.as.ts), and its size. */
const Field = { at: 12, end: 16, out: 20, start: 24, mode: 28 } as const;
const STATE = 8192;
/** How far back a match may reach. */
const HISTORY = 32 * 1024;
/** Bytes that are inflated at a time, beside whole rows. */
const CHUNK = 64 * 1024;
/** What the kernels may read or write past source and output. */
const SLACK = 512;

/** The compressed data of a PNG, inflated row by row inside the memory of a resizer. */
export class PngInflater {
  readonly #kernels: InflateKernels;
  readonly #memory: Uint8Array;
  readonly #view: DataView;
  readonly #state: number;
  readonly #end: number;
  /** The window: history, then what is new. */
  readonly #window: number;
  readonly #limit: number;
  readonly #row: number;
  /** Where the next row begins, and what was added to the checksum. */
  #next: number;
  #sum = 1;
  #isDone = false;

  /** Bytes of memory that a picture takes, its compressed data included. */
  static bytes({ data }: PngLayout, rowBytes: number): number {
    return STATE + sizeOf(data) + SLACK + windowBytes(rowBytes) + SLACK;
  }

  /**
   * @param at address of {@link PngInflater.bytes} bytes
   * @param rowBytes of a row, without the filter's byte
   */
  constructor(
    bytes: Uint8Array,
    { data }: PngLayout,
    rowBytes: number,
    memory: Uint8Array,
    kernels: InflateKernels,
    at: number,
  ) {
    this.#kernels = kernels;
    this.#memory = memory;
    this.#view = new DataView(memory.buffer);
    this.#state = at;
    this.#row = rowBytes + 1;
    let to = at + STATE;
    memory.fill(0, at, to);
    const source = to;
    for (const [begin, end] of data) {
      memory.set(bytes.subarray(begin, end), to);
      to += end - begin;
    }
    memory.fill(0, to, to + SLACK);
    this.#end = to;
    this.#window = to + SLACK;
    this.#next = this.#window;
    this.#limit = this.#window + windowBytes(rowBytes);
    // Behind the two bytes of zlib's header.
    this.#set(Field.at, source + 2);
    this.#set(Field.end, to);
    this.#set(Field.out, this.#window);
    this.#set(Field.start, this.#window);
  }

  /** Whether zlib's header is right (RFC 1950, 2.2): deflate, a window that is allowed, no dictionary. */
  get hasHeader(): boolean {
    const [method = 0, flags = 0] = this.#memory.subarray(this.#state + STATE, this.#state + STATE + 2);
    return (method & 15) === 8 && method >> 4 <= 7 && (flags & 32) === 0 && ((method << 8) | flags) % 31 === 0;
  }

  /** Address of the next row, its filter's byte first, until the next call; undefined when there is none. */
  row(): number | undefined {
    while (this.#next + this.#row > this.#view.getUint32(this.#state + Field.out, true)) {
      if (this.#isDone || !this.#more()) return undefined;
    }
    const at = this.#next;
    this.#next += this.#row;
    return at;
  }

  /** Whether all data was there, for so many rows and no more, and right by its checksum. */
  isWhole(): boolean {
    while (!this.#isDone) if (!this.#more()) return false;
    const out = this.#view.getUint32(this.#state + Field.out, true);
    const at = this.#kernels.sourceAt(this.#state);
    return out === this.#next && at + 4 <= this.#end && this.#view.getUint32(at) === this.#sum >>> 0;
  }

  /** Inflates what fits; false when the data is damaged, in too small blocks or more than the rows. */
  #more(): boolean {
    const out = this.#view.getUint32(this.#state + Field.out, true);
    // Rows that were not taken, and the history, move to the front.
    const from = Math.max(this.#window, Math.min(this.#next, out - HISTORY));
    this.#memory.copyWithin(this.#window, from, out);
    const begin = out - (from - this.#window);
    this.#next -= from - this.#window;
    this.#set(Field.out, begin);
    if (begin >= this.#limit) return false;
    const result = this.#kernels.inflate(this.#state, this.#limit);
    if (result === 0) return false;
    this.#isDone = result === 2;
    const end = this.#view.getUint32(this.#state + Field.out, true);
    this.#sum = this.#kernels.adler32(this.#sum, begin, end - begin);
    return true;
  }

  #set(field: number, value: number): void {
    this.#view.setUint32(this.#state + field, value, true);
  }
}

function sizeOf(data: PngLayout["data"]): number {
  return data.reduce((sum, [begin, end]) => sum + end - begin, 0);
}

/** Two rows at least, so that one is always whole. */
function windowBytes(rowBytes: number): number {
  return HISTORY + Math.max(CHUNK, 2 * (rowBytes + 1));
}
