import { printGiven } from "../../contracts/problems";
import { TAR_BLOCK } from "../../contracts/tarHeader";
import { ArchiveError } from "./archiveError";
import type { ArchiveLimits } from "./archiveLimits";
import { entryPath } from "./entryPath";
import { type PaxRecords, readPaxRecords } from "./paxRecords";
import { readTarBlock, type TarBlock, utf8 } from "./tarBlock";

/** Receives what an archive holds, in its order. Paths are checked: names between slashes, none of them `..`. */
export interface TarSink {
  /** A folder; an empty path is the one that is unpacked to. */
  folder(path: readonly string[]): void;
  /** A regular file begins. */
  file(path: readonly string[]): void;
  /** Bytes of the file that began last. */
  bytes(chunk: Buffer): void;
  /** The file has all its bytes. */
  fileEnd(): void;
}

/** Where the reader is. */
type State =
  | { readonly at: "header" }
  | { readonly at: "records"; readonly type: string; readonly chunks: Buffer[]; left: number; padding: number }
  | { readonly at: "file"; left: number; padding: number }
  | { readonly at: "padding"; padding: number }
  | { readonly at: "end" };

/** Types of entries that are refused, by what they are. */
const REFUSED: Readonly<Record<string, string>> = {
  "1": "a hard link",
  "2": "a symbolic link",
  "3": "a character device",
  "4": "a block device",
  "6": "a pipe",
  "7": "a contiguous file",
  D: "a folder of an incremental archive",
  K: "a link with a long name",
  M: "the rest of a file of another volume",
  N: "a long name of an old format",
  S: "a sparse file",
  V: "a volume's name",
  X: "a pax header of Solaris",
};

/**
 * Reads a tar archive that comes in chunks of any size, and holds no more of it than a header. Regular files and
 * folders only; whatever two programs could read differently is refused.
 */
export class TarReader {
  #state: State = { at: "header" };
  /** Beginning of a header whose rest has not come. */
  #header: Buffer = Buffer.alloc(0);
  #zeroBlocks = 0;
  #longName: string | undefined;
  #records: PaxRecords | undefined;
  #bytes = 0;

  constructor(
    private readonly sink: TarSink,
    private readonly limits: ArchiveLimits,
  ) {}

  /** Reads more. @throws ArchiveError */
  write(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0; ) rest = this.#step(rest);
  }

  /** Nothing more comes. @throws ArchiveError Truncated */
  end(): void {
    if (this.#state.at !== "end" || this.#header.length > 0) {
      throw new ArchiveError("Truncated", "the archive ends before its end mark, which is two blocks of zeros");
    }
  }

  /** Takes what belongs to the present state, and returns the rest. */
  #step(chunk: Buffer): Buffer {
    const state = this.#state;
    if (state.at === "header" || state.at === "end") return this.#block(chunk);
    if (state.at === "padding") {
      const skipped = Math.min(state.padding, chunk.length);
      state.padding -= skipped;
      if (state.padding === 0) this.#state = { at: "header" };
      return chunk.subarray(skipped);
    }
    const part = chunk.subarray(0, state.left);
    state.left -= part.length;
    if (state.at === "file") this.sink.bytes(part);
    else state.chunks.push(Buffer.from(part));
    if (state.left === 0) this.#contentEnd(state);
    return chunk.subarray(part.length);
  }

  #contentEnd(state: Extract<State, { padding: number; left: number }>): void {
    if (state.at === "file") this.sink.fileEnd();
    else this.#described(state.type, Buffer.concat(state.chunks));
    this.#state = state.padding === 0 ? { at: "header" } : { at: "padding", padding: state.padding };
  }

  #block(chunk: Buffer): Buffer {
    const missing = TAR_BLOCK - this.#header.length;
    const part = chunk.subarray(0, missing);
    this.#header = this.#header.length === 0 ? part : Buffer.concat([this.#header, part]);
    if (this.#header.length < TAR_BLOCK) {
      // The chunk is the caller's, who may use it again.
      this.#header = Buffer.from(this.#header);
      return chunk.subarray(part.length);
    }
    const block = this.#header;
    this.#header = Buffer.alloc(0);
    if (block.every((byte) => byte === 0)) this.#zeroBlock();
    else this.#entry(block);
    return chunk.subarray(part.length);
  }

  #zeroBlock(): void {
    if (this.#records !== undefined || this.#longName !== undefined) {
      throw new ArchiveError("Truncated", "the archive ends behind a header that describes an entry");
    }
    if (++this.#zeroBlocks === 2) this.#state = { at: "end" };
  }

  #entry(block: Buffer): void {
    if (this.#zeroBlocks > 0) throw new ArchiveError("TrailingData", "something follows the archive's end mark");
    const header = readTarBlock(block);
    const padding = (TAR_BLOCK - (header.size % TAR_BLOCK)) % TAR_BLOCK;
    if (header.type === "x" || header.type === "g" || header.type === "L") {
      this.#assertDescribes(header);
      this.#state = { at: "records", type: header.type, chunks: [], left: header.size, padding };
      if (header.size === 0) throw new ArchiveError("InvalidHeader", "a header that describes an entry is empty");
      return;
    }
    const name = this.#records?.path ?? this.#longName ?? header.name;
    const size = this.#sizeOf(header);
    this.#records = undefined;
    this.#longName = undefined;
    // Before there was a type for folders, a slash at the end made one.
    if (header.type === "5" || (header.type === "0" && name.endsWith("/"))) this.#folder(name, size);
    else if (header.type === "0") this.#file(name, size);
    else {
      const what = REFUSED[header.type] ?? `of the unknown type ${printGiven(header.type)}`;
      throw new ArchiveError(
        "UnsupportedEntry",
        `entry ${printGiven(name)} is ${what}; allowed: regular files and folders`,
      );
    }
  }

  #assertDescribes({ type, size }: TarBlock): void {
    if (this.#records !== undefined || this.#longName !== undefined) {
      throw new ArchiveError("InvalidHeader", "an entry is described twice");
    }
    if (size > this.limits.recordBytes) {
      throw new ArchiveError(
        "TooLarge",
        `a header of type ${type} has ${size} bytes; allowed: ${this.limits.recordBytes}`,
      );
    }
  }

  /** Takes what a header described that is no entry itself. */
  #described(type: string, content: Buffer): void {
    if (type === "L") {
      const end = content.indexOf(0);
      if (end >= 0 && content.subarray(end).some((byte) => byte !== 0)) {
        throw new ArchiveError("UnsafeName", "a long name has bytes behind its end");
      }
      this.#longName = utf8(end < 0 ? content : content.subarray(0, end));
      return;
    }
    const records = readPaxRecords(content);
    if (type === "x") this.#records = records;
    else if (records.path !== undefined || records.size !== undefined) {
      throw new ArchiveError("InvalidHeader", "a global pax header gives a path or a size to every entry");
    }
  }

  #sizeOf(header: TarBlock): number {
    const size = this.#records?.size ?? header.size;
    if (header.size !== 0 && header.size !== size) {
      throw new ArchiveError("InvalidHeader", `entry ${printGiven(header.name)} has two sizes`);
    }
    return size;
  }

  #folder(name: string, size: number): void {
    if (size !== 0) throw new ArchiveError("InvalidHeader", `folder ${printGiven(name)} has a size`);
    this.sink.folder(entryPath(name, true, this.limits));
  }

  #file(name: string, size: number): void {
    this.#bytes += size;
    if (this.#bytes > this.limits.bytes) {
      throw new ArchiveError("TooLarge", `the archive holds more than ${this.limits.bytes} bytes`);
    }
    this.sink.file(entryPath(name, false, this.limits));
    const padding = (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
    if (size === 0) this.sink.fileEnd();
    else this.#state = { at: "file", left: size, padding };
  }
}
