import { createHash, randomUUID } from "node:crypto";
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
 * Streams bytes into a new file. When the source fails, nothing is left.
 * @param directory an existing one
 */
export async function writeTemporaryFile(directory: string, source: AsyncIterable<Uint8Array>): Promise<TemporaryFile> {
  const file = path.join(directory, randomUUID());
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
