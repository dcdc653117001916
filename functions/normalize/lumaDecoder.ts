import { type AreaResizer, KEPT_BYTES, type Kernels, type Stored } from "./areaResizer";
import { GAMUT } from "./gamut";
import { codeName, codeTables, keepCodeTable } from "./jpegCodes";
import { type JpegComponent, type JpegFrame, JpegPieces, type JpegScan } from "./jpegFrame";
import { ZIGZAG } from "./zigzag";

/** Addresses of what is set here (jpegState.as.ts). */
const Field = {
  predictions: 288,
  across: 304,
  blocks: 308,
  cellAcross: 312,
  cellDown: 316,
  plane: 320,
  stride: 324,
  coefficients: 328,
  masks: 332,
  chromaWidth: 336,
  chromaHeight: 340,
  excess: 344,
  squares: 352,
  rows: 360,
  rowStride: 364,
  descriptors: 384,
  end: 544,
  zigzag: 768,
  quantisers: 1280,
  tables: 4096,
} as const;
/** Bytes of one Huffman table; four for DC and four for AC follow each other. */
const TABLE = 8704;
/** Address of the picture, behind all of that. */
const PICTURE = Field.tables + 8 * TABLE;
/** Rows that are kept of both chromas, and of what is known of MCUs (jpegExcess.as.ts). */
const CHROMA_ROWS = 2 * 32;
const KNOWN_ROWS = 8 * 4;
/** What a damaged file may make the decoder read before its data, see `decodeMcus`. */
const BEFORE_DATA = 4096;
/** A progressive file has about ten scans; each costs a pass over the picture. */
const MAX_SCANS = 40;

/** What came of a file: its luma, at the beginning of the resizer's memory; or why not. */
export type Luma = Stored | "leaves gamut" | undefined;

/**
 * Decodes the luma of a JPEG and finds out whether clipping to RGB would change it, in WebAssembly: chroma is turned into
 * pixels only where it can leave the gamut. Pixels equal those of libjpeg-turbo's accurate DCT.
 * @returns undefined for whatever is unusual, large or damaged in any way
 */
export function decodeLuma(bytes: Uint8Array, resizer: AreaResizer, maxPixels: number): Luma {
  const pieces = new JpegPieces(bytes);
  const quantisers = new Map<number, number>();
  const codes = new Map<number, number>();
  let decoder: LumaDecoder | undefined;
  let interval = 0;
  for (const piece of pieces) {
    if (piece.kind === "quantiser") {
      // Those of scans that were read are fixed, and libjpeg takes them at the first of a component.
      if (decoder?.hasBegun) return undefined;
      quantisers.set(piece.number, piece.at);
    } else if (piece.kind === "code") codes.set(piece.slot, piece.at);
    else if (piece.kind === "restarts") interval = piece.interval;
    else if (piece.kind === "frame") {
      if (piece.frame.width * piece.frame.height > maxPixels || isFineChroma(piece.frame)) return undefined;
      decoder = new LumaDecoder(bytes, piece.frame, codes, resizer);
    } else if (piece.kind === "scan") {
      if (decoder === undefined) return undefined;
      if (!decoder.hasBegun && !decoder.begin(quantisers)) return undefined;
      const end = decoder.scan(piece.scan, interval);
      if (end === undefined) return undefined;
      pieces.resume(end);
    } else return decoder?.finish();
  }
  return undefined;
}

/** Chroma as fine as luma: more of a file than it is worth here. */
function isFineChroma({ components: [luma, ...chroma], isProgressive }: JpegFrame): boolean {
  return !isProgressive && chroma.length > 0 && luma?.across === 1 && luma.down === 1;
}

class LumaDecoder {
  hasBegun = false;
  readonly #bytes: Uint8Array;
  readonly #frame: JpegFrame;
  readonly #luma: JpegComponent;
  readonly #resizer: AreaResizer;
  /** MCUs of the picture, across and down, and blocks of one. */
  readonly #across: number;
  readonly #down: number;
  readonly #blocks: number;
  readonly #stride: number;
  /** Addresses of the codes that the file has told so far, by their slots, and of those whose tables are made. */
  readonly #codes: ReadonlyMap<number, number>;
  readonly #made = new Map<number, number>();
  /** Of each component, the bits that each coefficient still lacks; -1 before its first scan. */
  readonly #lacking: readonly Int8Array[];
  #kernels!: Kernels;
  #view!: DataView;
  #memory!: Uint8Array;
  #source = 0;
  #end = 0;
  #scans = 0;

  constructor(bytes: Uint8Array, frame: JpegFrame, codes: ReadonlyMap<number, number>, resizer: AreaResizer) {
    this.#bytes = bytes;
    this.#frame = frame;
    this.#codes = codes;
    this.#resizer = resizer;
    this.#luma = frame.components[0] as JpegComponent;
    this.#across = Math.ceil(frame.width / (8 * this.#luma.across));
    this.#down = Math.ceil(frame.height / (8 * this.#luma.down));
    this.#blocks = this.#luma.across * this.#luma.down + frame.components.length - 1;
    this.#stride = this.#across * 8 * this.#luma.across;
    this.#lacking = frame.components.map(() => new Int8Array(64).fill(-1));
  }

  /** Lays out the memory and sets quantisers and state. */
  begin(quantisers: ReadonlyMap<number, number>): boolean {
    const { isProgressive, components, width, height } = this.#frame;
    const mcus = this.#across * this.#down;
    const rows = align(PICTURE + this.#stride * this.#down * 8 * this.#luma.down) + 16;
    const rowStride = this.#across * 8 + 16;
    const coefficients = align(rows + (components.length > 1 ? (CHROMA_ROWS + KNOWN_ROWS) * rowStride : 0));
    const masks = coefficients + (isProgressive ? mcus * this.#blocks * 128 : 0);
    const source = align(masks + (isProgressive ? mcus * this.#blocks * 8 : 0));
    const end = align(source + this.#bytes.length + BEFORE_DATA + this.#bytes.length + 64);
    // Memory that is not kept costs more than this saves.
    if (end > KEPT_BYTES) return false;
    this.#memory = this.#resizer.reserve(end);
    this.#kernels = this.#resizer.kernels;
    this.#view = new DataView(this.#memory.buffer);
    this.hasBegun = true;
    [this.#source, this.#end] = [source, end];
    if (isProgressive) this.#memory.fill(0, coefficients, source);
    this.#memory.set(this.#bytes, source);
    this.#memory.fill(0, Math.min(rows + CHROMA_ROWS * rowStride - 16, coefficients), coefficients);
    this.#memory.set(ZIGZAG, Field.zigzag);
    this.#memory.fill(0, 0, Field.end);
    const values: readonly (readonly [number, number])[] = [
      [Field.across, this.#across],
      [Field.blocks, this.#blocks],
      [Field.cellAcross, this.#luma.across],
      [Field.cellDown, this.#luma.down],
      [Field.plane, PICTURE],
      [Field.stride, this.#stride],
      [Field.coefficients, coefficients],
      [Field.masks, masks],
      [Field.chromaWidth, Math.ceil(width / this.#luma.across)],
      [Field.chromaHeight, Math.ceil(height / this.#luma.down)],
      [Field.rows, rows],
      [Field.rowStride, rowStride],
    ];
    for (const [field, value] of values) this.#set(field, value);
    for (const [index, component] of components.entries()) {
      const at = quantisers.get(component.quantiser);
      if (at === undefined) return false;
      const to = Field.quantisers + 128 * index;
      for (let k = 0; k < 64; k++)
        this.#view.setUint16(to + (ZIGZAG[k] as number), this.#bytes[at + k] as number, true);
    }
    return true;
  }

  /** Makes the table of a code that a scan uses: a file may tell more codes than it uses. False when it is none. */
  #hasCode(slot: number): boolean {
    const at = this.#codes.get(slot);
    if (at === undefined) return false;
    if (this.#made.get(slot) === at) return true;
    this.#made.set(slot, at);
    const to = Field.tables + slot * TABLE;
    const name = codeName(this.#bytes, slot, at);
    const made = codeTables.get(name);
    if (made !== undefined) this.#memory.set(made, to);
    else if (this.#kernels.makeTable(this.#source + at, to, slot < 4) === 0) return false;
    else keepCodeTable(name, this.#memory.slice(to, to + TABLE));
    return true;
  }

  /** @returns the address after the scan's data; undefined when it is unusual or damaged */
  scan(scan: JpegScan, interval: number): number | undefined {
    const read = this.#reader(scan);
    if (read === undefined || ++this.#scans > MAX_SCANS) return undefined;
    const [across, down] = this.#size(scan);
    const [kernels, bytes] = [this.#kernels, this.#bytes];
    let at = scan.begin;
    let restart = 0;
    for (let done = 0; done < across * down; ) {
      if (done > 0) {
        // RST0 to RST7 by turns.
        if (bytes[at] !== 0xff || bytes[at + 1] !== 0xd0 + (restart++ & 7)) return undefined;
        at += 2;
      }
      at += kernels.unstuff(this.#source + at, bytes.length - at, this.#end);
      const until = interval === 0 ? across * down : Math.min(done + interval, across * down);
      while (done < until) {
        const x = done % across;
        const count = Math.min(across - x, until - done);
        if (read(x, Math.trunc(done / across), count) === 0 || kernels.bitsLeft() < 0) return undefined;
        done += count;
      }
      if (kernels.bitsLeft() > 7) return undefined;
    }
    return at;
  }

  /** Units of a scan across and down: MCUs, or the blocks of its only component. */
  #size({ components: [only, ...others] }: JpegScan): readonly [number, number] {
    if (others.length > 0 || only?.index !== 0) return [this.#across, this.#down];
    return [Math.ceil(this.#frame.width / 8), Math.ceil(this.#frame.height / 8)];
  }

  /** What reads some units of a scan; undefined when the scan does not fit. */
  #reader(scan: JpegScan): ((x: number, y: number, count: number) => number) | undefined {
    const { components, first, last, high, low } = scan;
    const { isProgressive } = this.#frame;
    const kernels = this.#kernels;
    const isDc = first === 0;
    for (const { dc, ac } of components) {
      if ((!isProgressive || isDc) && high === 0 && !this.#hasCode(dc)) return undefined;
      if ((!isProgressive || !isDc) && !this.#hasCode(4 + ac)) return undefined;
    }
    if (!isProgressive) {
      const isWhole = components.length === this.#frame.components.length && last === 63 && first + high + low === 0;
      if (!isWhole || this.#scans > 0) return undefined;
      this.#describe(scan, true);
      for (const lacking of this.#lacking) lacking.fill(0);
      return (x, y, count) => kernels.decodeMcus(x, y, count);
    }
    const isFit = isDc ? last === 0 : components.length === 1 && last >= first && last < 64;
    if (!isFit || low > 13 || !this.#advance(scan)) return undefined;
    const [only] = components;
    const { across, down } = only?.index === 0 ? this.#luma : { across: 1, down: 1 };
    const begin = only?.index === 0 ? 0 : this.#blocks - this.#frame.components.length + (only?.index ?? 0);
    const isMore = high > 0;
    const count = this.#describe(scan, components.length > 1);
    if (!isDc) {
      const read = isMore ? kernels.acBlocksMore : kernels.acBlocks;
      return (x, y, blocks) => read(x, y, blocks, across, down, begin, first, last, low);
    }
    if (components.length > 1) return (x, y, mcus) => kernels.dcMcus(x, y, mcus, count, low, isMore);
    return (x, y, blocks) => kernels.dcBlocks(x, y, blocks, across, down, begin, low, isMore);
  }

  /** Notes the bits that a scan of a progressive file brings: in the order that the standard has them. */
  #advance({ components, first, last, high, low }: JpegScan): boolean {
    for (const { index } of components) {
      const lacking = this.#lacking[index] as Int8Array;
      if (first > 0 && lacking[0] === -1) return false;
      for (let k = first; k <= last; k++) {
        const isNext = high === 0 ? lacking[k] === -1 : lacking[k] === high && low === high - 1;
        if (!isNext) return false;
        lacking[k] = low;
      }
    }
    return true;
  }

  /** Tells the kernels which tables the blocks of an MCU, or the one component, have in this scan. */
  #describe({ components }: JpegScan, isMcu: boolean): number {
    let count = 0;
    for (const { index, dc, ac } of components) {
      const blocks = index === 0 ? this.#blocks - this.#frame.components.length + 1 : 1;
      const begin = index === 0 ? 0 : this.#blocks - this.#frame.components.length + index;
      for (let block = 0; block < (isMcu ? blocks : 1); block++, count++) {
        const at = Field.descriptors + 16 * count;
        this.#set(at, Field.predictions + 4 * index);
        this.#set(at + 4, Field.tables + dc * TABLE);
        this.#set(at + 8, Field.tables + (4 + ac) * TABLE);
        this.#set(at + 12, begin + block);
      }
    }
    return count;
  }

  /** Whether every scan is there; then the picture. */
  finish(): Luma {
    if (!this.#lacking.every((lacking) => lacking.every((bits) => bits === 0))) return undefined;
    if (this.#frame.isProgressive) {
      for (let y = 0; y < this.#down; y++) this.#kernels.finishMcus(y);
    }
    const { width, height } = this.#frame;
    const { across, down } = this.#luma;
    const pixels = Math.ceil(width / across) * Math.ceil(height / down) * across * down;
    const sum = this.#view.getFloat64(Field.excess, true);
    const squares = this.#view.getFloat64(Field.squares, true);
    if (squares > GAMUT.meanSquare * pixels || sum > GAMUT.mean * pixels) return "leaves gamut";
    return { at: PICTURE, width, height, channels: 1, stride: this.#stride };
  }

  #set(field: number, value: number): void {
    this.#view.setUint32(field, value, true);
  }
}

function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}
