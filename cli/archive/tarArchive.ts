import { createReadStream, statSync } from "node:fs";
import { TAR_BLOCK, TAR_LARGEST, tarHeader } from "../../contracts/tarHeader";

/** A file of an archive. */
export interface TarEntry {
  /** Path in the archive, with `/` between names. */
  readonly name: string;
  /** Path of the file on this machine; it must not change any more. */
  readonly file: string;
}

/**
 * Bytes of a tar archive (POSIX pax, pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html).
 * @param time time of every entry in seconds since 1970; without it each has its file's
 */
export async function* tarArchive(entries: readonly TarEntry[], time?: number): AsyncGenerator<Uint8Array> {
  for (const { name, file } of entries) {
    const { size, mtimeMs } = statSync(file);
    const seconds = time ?? Math.floor(mtimeMs / 1000);
    const plain = Buffer.byteLength(name) <= 100 && Buffer.byteLength(name) === name.length && size < TAR_LARGEST;
    if (!plain) {
      const records = Buffer.from(paxRecord("path", name) + paxRecord("size", String(size)));
      yield tarHeader({ type: "x", name: "pax", size: records.length, seconds });
      yield padded(records);
    }
    yield tarHeader({ type: "0", name: plain ? name : "long", size: size < TAR_LARGEST ? size : 0, seconds });
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      const bytes: Uint8Array = chunk;
      yield bytes;
    }
    yield Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);
  }
  yield Buffer.alloc(2 * TAR_BLOCK);
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
  return Buffer.concat([bytes, Buffer.alloc((TAR_BLOCK - (bytes.length % TAR_BLOCK)) % TAR_BLOCK)]);
}
