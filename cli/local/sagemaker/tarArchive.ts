import { createReadStream, statSync } from "node:fs";

/** Size of everything in an archive, in bytes. */
const BLOCK = 512;

/** Largest size that an archive's header can say. */
const MAX_OCTAL = 8 ** 11;

/** A file of an archive. */
export interface TarEntry {
  /** Path in the archive, with `/` between names. */
  readonly name: string;
  /** Path of the file on this machine; it must not change any more. */
  readonly file: string;
}

/** Bytes of a tar archive (POSIX pax, pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html). */
export async function* tarArchive(entries: readonly TarEntry[]): AsyncGenerator<Uint8Array> {
  for (const { name, file } of entries) {
    const { size, mtimeMs } = statSync(file);
    const seconds = Math.floor(mtimeMs / 1000);
    const plain = Buffer.byteLength(name) <= 100 && Buffer.byteLength(name) === name.length && size < MAX_OCTAL;
    if (!plain) {
      const records = Buffer.from(paxRecord("path", name) + paxRecord("size", String(size)));
      yield header("x", "pax", records.length, seconds);
      yield padded(records);
    }
    yield header("0", plain ? name : "long", size < MAX_OCTAL ? size : 0, seconds);
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      const bytes: Uint8Array = chunk;
      yield bytes;
    }
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes;
  while (bytes + String(length).length !== length) length = bytes + String(length).length;
  return `${length}${rest}`;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

function header(type: "0" | "x", name: string, size: number, seconds: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, "0");
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.max(0, seconds), 12), 136);
  // The sum is taken with spaces in its own place.
  block.write(" ".repeat(8), 148);
  block.write(type, 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)}\0 `, 148);
  return block;
}
