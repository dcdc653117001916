import { createHash, randomUUID } from "node:crypto";
import { linkSync, readFileSync, writeFileSync } from "node:fs";
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

/** A file that nobody writes to any more. */
export interface FinishedFile {
  readonly finished: string;
}

/** Where an object's bytes come from. */
export type ObjectSource = AsyncIterable<Uint8Array> | Uint8Array | FinishedFile;

/**
 * Makes a new file of bytes: those of a stream, those that are in memory, in one turn of the event loop, which is faster for
 * small ones, or those of a finished file, by another name for it. When the source fails, nothing is left.
 * @param directory an existing one
 */
export async function writeTemporaryFile(directory: string, source: ObjectSource): Promise<TemporaryFile> {
  const file = path.join(directory, randomUUID());
  if ("finished" in source || source instanceof Uint8Array) {
    const bytes = "finished" in source ? readFileSync(source.finished) : source;
    try {
      if (!("finished" in source && isLinked(source.finished, file))) writeFileSync(file, bytes, { flag: "wx" });
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return { path: file, size: bytes.length, md5: createHash("md5").update(bytes).digest("hex") };
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

/** Gives a file another name. @returns false where the file system cannot, or not from one to the other */
function isLinked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") throw error;
    return false;
  }
}
