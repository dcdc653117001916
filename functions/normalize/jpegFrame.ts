/** A component of a JPEG's frame, and its tables of the scan being read. */
export interface JpegComponent {
  readonly id: number;
  /** Blocks in an MCU, across and down. */
  readonly across: number;
  readonly down: number;
  /** Number of its quantisation table. */
  readonly quantiser: number;
}

/** One scan: which components, which coefficients, and where its data begins. */
export interface JpegScan {
  /** Index into the frame's components, with the numbers of the DC and the AC table. */
  readonly components: readonly { readonly index: number; readonly dc: number; readonly ac: number }[];
  /** First and last coefficient in zigzag order; bits already there and bits still to come. */
  readonly first: number;
  readonly last: number;
  readonly high: number;
  readonly low: number;
  /** Address of the entropy-coded data. */
  readonly begin: number;
}

/** What a JPEG says of itself. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly isProgressive: boolean;
  readonly components: readonly JpegComponent[];
}

/** Pieces of a file in their order; each table is told before the scan that uses it. */
export type JpegPiece =
  | { readonly kind: "frame"; readonly frame: JpegFrame }
  /** 64 bytes in zigzag order at an address. */
  | { readonly kind: "quantiser"; readonly number: number; readonly at: number }
  /** 16 counts and the symbols at an address; `slot` is 0 to 3 for DC, 4 to 7 for AC. */
  | { readonly kind: "code"; readonly slot: number; readonly at: number }
  | { readonly kind: "restarts"; readonly interval: number }
  | { readonly kind: "scan"; readonly scan: JpegScan }
  | { readonly kind: "end" };

/** Markers (ITU-T T.81, table B.1). */
const Marker = {
  Baseline: 0xc0,
  Extended: 0xc1,
  Progressive: 0xc2,
  Codes: 0xc4,
  End: 0xd9,
  Scan: 0xda,
  Quantisers: 0xdb,
} as const;
const START = 0xd8;
const RESTARTS = 0xdd;
const ADOBE = 0xee;
const JFIF = 0xe0;
const COMMENT = 0xfe;

/** What libjpeg takes as width or height. */
function isSide(pixels: number): boolean {
  return pixels > 0 && pixels <= 65_500;
}

/** What the standard allows, each way. */
function isSampling(factors: number): boolean {
  return [factors >> 4, factors & 15].every((factor) => factor >= 1 && factor <= 4);
}

/**
 * Reads a JPEG piece by piece, as strictly as the fast path needs: Huffman codes, 8 bits, grey or YCbCr of which one
 * chroma sample lies in an MCU, whole. After a scan it must be told where its data ended, by {@link resume}.
 */
export class JpegPieces {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 2;
  #end = 0;
  #frame: JpegFrame | undefined;
  #isYCbCr: boolean | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Goes on at an address, which must be a marker's. */
  resume(at: number): void {
    this.#at = at;
  }

  /** All pieces; ends early, without an `end`, at whatever it does not take. */
  *[Symbol.iterator](): Generator<JpegPiece> {
    if (this.#bytes[0] !== 0xff || this.#bytes[1] !== START) return;
    while (this.#at + 4 <= this.#bytes.length || this.#isAtEnd()) {
      if (this.#bytes[this.#at] !== 0xff) return;
      const marker = this.#bytes[this.#at + 1] as number;
      if (marker === Marker.End) {
        yield { kind: "end" };
        return;
      }
      const begin = this.#at + 4;
      this.#end = this.#at + 2 + this.#view.getUint16(this.#at + 2);
      if (this.#end < begin || this.#end > this.#bytes.length) return;
      this.#at = this.#end;
      if (marker === Marker.Quantisers) yield* this.#quantisers(begin);
      else if (marker === Marker.Codes) yield* this.#codes(begin);
      else if (marker >= Marker.Baseline && marker <= Marker.Progressive) yield* this.#read(begin, marker);
      else if (marker === Marker.Scan) yield* this.#scan(begin);
      else if (marker === RESTARTS) {
        if (this.#end - begin !== 2) return;
        yield { kind: "restarts", interval: this.#view.getUint16(begin) };
      } else if (!this.#skip(marker, begin)) return;
    }
  }

  #isAtEnd(): boolean {
    return this.#bytes[this.#at] === 0xff && this.#bytes[this.#at + 1] === Marker.End;
  }

  /** Sets the address past all that is read when a piece is not taken. */
  #stop(): void {
    this.#at = this.#bytes.length;
  }

  #skip(marker: number, begin: number): boolean {
    if (marker === COMMENT) return true;
    if (marker < 0xe0 || marker > 0xef) return false;
    // libjpeg hears of the colours until the first scan begins.
    if (this.#frame !== undefined && (marker === JFIF || marker === ADOBE)) return false;
    const size = this.#end - begin;
    // As libjpeg tells YCbCr from RGB: JFIF's word first, then Adobe's.
    if (marker === JFIF && size >= 14 && this.#text(begin, 5) === "JFIF\0") {
      this.#isYCbCr = true;
      // Of another version libjpeg warns.
      return this.#bytes[begin + 5] === 1;
    }
    if (marker === ADOBE && size >= 12 && this.#text(begin, 5) === "Adobe")
      this.#isYCbCr ??= this.#bytes[begin + 11] === 1;
    return true;
  }

  #text(at: number, length: number): string {
    return String.fromCharCode(...this.#bytes.subarray(at, at + length));
  }

  *#quantisers(begin: number): Generator<JpegPiece> {
    let at = begin;
    for (; at < this.#end; at += 65) {
      const number = this.#bytes[at] as number;
      if (number > 3 || at + 65 > this.#end) return this.#stop();
      yield { kind: "quantiser", number, at: at + 1 };
    }
  }

  *#codes(begin: number): Generator<JpegPiece> {
    for (let at = begin; at < this.#end; ) {
      const [kind, number] = [(this.#bytes[at] as number) >> 4, (this.#bytes[at] as number) & 15];
      if (kind > 1 || number > 3 || at + 17 > this.#end) return this.#stop();
      let symbols = 0;
      for (let length = 1; length <= 16; length++) symbols += this.#bytes[at + length] as number;
      if (symbols > 256 || at + 17 + symbols > this.#end) return this.#stop();
      yield { kind: "code", slot: kind * 4 + number, at: at + 1 };
      at += 17 + symbols;
    }
  }

  *#read(begin: number, marker: number): Generator<JpegPiece> {
    const [precision, count] = [this.#bytes[begin], this.#bytes[begin + 5]];
    const isWhole = this.#end - begin === 6 + 3 * (count as number);
    if (this.#frame !== undefined || precision !== 8 || (count !== 1 && count !== 3) || !isWhole) return this.#stop();
    const [height, width] = [this.#view.getUint16(begin + 1), this.#view.getUint16(begin + 3)];
    const components: JpegComponent[] = [];
    for (let i = 0, at = begin + 6; i < count; i++, at += 3) {
      const [id = 0, sampling = 0, quantiser = 0] = this.#bytes.subarray(at, at + 3);
      // A single component's sampling is of no meaning.
      const [across, down] = count === 1 ? [1, 1] : [sampling >> 4, sampling & 15];
      components.push({ id, across, down, quantiser });
    }
    const hasIds = components.every(({ id }, i) => id === i + 1);
    const isYCbCr = count === 1 || (this.#isYCbCr ?? hasIds);
    const isSampled = components.every((_, i) => isSampling(this.#bytes[begin + 7 + 3 * i] as number));
    const [luma, ...chroma] = components;
    const cell = (luma?.across ?? 0) * (luma?.down ?? 0);
    const isTaken =
      (cell === 1 || cell === 2 || cell === 4) &&
      chroma.every(({ across, down }) => across === 1 && down === 1) &&
      components.every(({ quantiser }) => quantiser < 4) &&
      new Set(components.map(({ id }) => id)).size === count;
    if (!isSide(width) || !isSide(height) || !isSampled || !isYCbCr || !isTaken) return this.#stop();
    this.#frame = { width, height, isProgressive: marker === Marker.Progressive, components };
    yield { kind: "frame", frame: this.#frame };
  }

  *#scan(begin: number): Generator<JpegPiece> {
    const count = this.#bytes[begin] as number;
    if (this.#frame === undefined || count < 1 || this.#end - begin !== 4 + 2 * count) return this.#stop();
    const components: { index: number; dc: number; ac: number }[] = [];
    for (let i = 0, at = begin + 1; i < count; i++, at += 2) {
      const index = this.#frame.components.findIndex(({ id }) => id === this.#bytes[at]);
      const tables = this.#bytes[at + 1] as number;
      if (index <= (components.at(-1)?.index ?? -1) || tables >> 4 > 3 || (tables & 15) > 3) return this.#stop();
      components.push({ index, dc: tables >> 4, ac: tables & 15 });
    }
    const [first = 0, last = 0, bits = 0] = this.#bytes.subarray(this.#end - 3, this.#end);
    yield { kind: "scan", scan: { components, first, last, high: bits >> 4, low: bits & 15, begin: this.#end } };
  }
}
