import { createHash, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import path from "node:path";

/** Bytes on disk that no key names yet. */
export interface TemporaryFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** MD5 in hexadecimal. */
  readonly md5: string;
}

/**
 * Writes bytes into a new file: those of a stream, or those that are in memory, in one turn of the event loop, which
 * is faster for small ones. When the source fails, nothing is left.
 * @param directory an existing one
 */
export async function writeTemporaryFile(
  directory: string,
  source: AsyncIterable<Uint8Array> | Uint8Array,
): Promise<TemporaryFile> {
  const file = path.join(directory, randomUUID());
  if (source instanceof Uint8Array) {
    try {
      writeFileSync(file, source, { flag: "wx" });
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return { path: file, size: source.length, md5: createHash("md5").update(source).digest("hex") };
  }
  const handle = await open(file, "wx");
  const md5 = createHash("md5");
  let size = 0;
  try {
    try {
      for await (const chunk of source) {
        md5.update(chunk);
        for (let written = 0; written < chunk.length; ) {
          written += (await handle.write(chunk, written)).bytesWritten;
        }
        size += chunk.length;
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { path: file, size, md5: md5.digest("hex") };
}
