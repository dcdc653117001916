import { gzipSync } from "node:zlib";
import { TAR_BLOCK } from "../../../contracts/tarHeader";

/** What a test writes into one header block; everything else is as a plain file has it. */
export interface HandmadeHeader {
  readonly name: string | Buffer;
  readonly type?: string;
  /** Text of the field; octal by default. */
  readonly size?: number | Buffer;
  readonly prefix?: string;
  readonly linkName?: string;
  readonly magic?: string;
  /** Added to the right checksum. */
  readonly checksumError?: number;
}

/** A header block, right or wrong as it is asked for. */
export function header({ name, type = "0", size = 0, prefix = "", ...rest }: HandmadeHeader): Buffer {
  const { linkName = "", magic = "ustar\u000000", checksumError = 0 } = rest;
  const block = Buffer.alloc(TAR_BLOCK);
  Buffer.from(name).copy(block, 0, 0, 100);
  block.write("0000644\u00000000000\u00000000000\0", 100);
  if (typeof size === "number") block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  else size.copy(block, 124, 0, 12);
  block.write("00000000000\0", 136);
  block.write(" ".repeat(8), 148);
  block.write(type, 156, "latin1");
  block.write(linkName, 157, 100);
  block.write(magic, 257, "latin1");
  block.write(prefix, 345, 155);
  const sum = block.reduce((total, byte) => total + byte, 0) + checksumError;
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** Bytes filled up to whole blocks. */
export function padded(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc((TAR_BLOCK - (bytes.length % TAR_BLOCK)) % TAR_BLOCK)]);
}

/** A regular file. */
export function file(name: string | Buffer, content = "", rest: Partial<HandmadeHeader> = {}): Buffer {
  return Buffer.concat([header({ name, size: Buffer.byteLength(content), ...rest }), padded(content)]);
}

/** A folder. */
export function folder(name: string): Buffer {
  return header({ name, type: "5" });
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (rest + String(length).length !== length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}

/** A header of pax records: for the next entry, or with type `g` for all. */
export function pax(records: string | Buffer, type = "x"): Buffer {
  return Buffer.concat([header({ name: "pax", type, size: Buffer.byteLength(records) }), padded(records)]);
}

/** GNU's long name of the next entry. */
export function longName(name: string | Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.from(name), Buffer.alloc(1)]);
  return Buffer.concat([header({ name: "././@LongLink", type: "L", size: bytes.length }), padded(bytes)]);
}

/** Entries and the end mark. */
export function tar(...entries: readonly Buffer[]): Buffer {
  return Buffer.concat([...entries, Buffer.alloc(2 * TAR_BLOCK)]);
}

/** Entries as a whole `.tar.gz`. */
export function archive(...entries: readonly Buffer[]): Buffer {
  return gzipSync(tar(...entries));
}
