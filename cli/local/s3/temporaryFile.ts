import { createHash, randomUUID } from "node:crypto";
import { linkSync, readFileSync, writeFileSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import path from "node:path";

/** Bytes on disk that no key names yet. */
export interface TemporaryFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** MD5 in hexadecimal. */
  readonly md5: string;
}

/** Bytes that are few enough to need no file. */
export interface FewBytes {
  readonly bytes: Uint8Array;
  /** Bytes. */
  readonly size: number;
  /** MD5 in hexadecimal. */
  readonly md5: string;
}

/** Bytes of a stream up to which they are gathered and written in one turn of the event loop. */
const WRITTEN_AT_ONCE = 64 * 1024;

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
 * @param few number of bytes up to which they are given back and no file is made; defaults to none
 */
export async function writeTemporaryFile(directory: string, source: ObjectSource): Promise<TemporaryFile>;
export async function writeTemporaryFile(
  directory: string,
  source: ObjectSource,
  few: number,
): Promise<TemporaryFile | FewBytes>;
export async function writeTemporaryFile(
  directory: string,
  source: ObjectSource,
  few = -1,
): Promise<TemporaryFile | FewBytes> {
  const file = path.join(directory, randomUUID());
  if ("finished" in source || source instanceof Uint8Array) {
    const bytes = "finished" in source ? readFileSync(source.finished) : source;
    if (bytes.length <= few) return fewBytes(bytes);
    try {
      if (!("finished" in source && isLinked(source.finished, file))) writeFileSync(file, bytes, { flag: "wx" });
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return { path: file, size: bytes.length, md5: createHash("md5").update(bytes).digest("hex") };
  }
  const md5 = createHash("md5");
  const head: Uint8Array[] = [];
  let size = 0;
  let handle: FileHandle | undefined;
  try {
    try {
      for await (const chunk of source) {
        md5.update(chunk);
        size += chunk.length;
        head.push(chunk);
        if (size <= WRITTEN_AT_ONCE) continue;
        handle ??= await open(file, "wx");
        for (const piece of head.splice(0)) await writeWhole(handle, piece);
      }
      if (size <= few) return { bytes: Buffer.concat(head), size, md5: md5.digest("hex") };
      if (handle === undefined) writeFileSync(file, Buffer.concat(head), { flag: "wx" });
    } finally {
      await handle?.close();
    }
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { path: file, size, md5: md5.digest("hex") };
}

function fewBytes(bytes: Uint8Array): FewBytes {
  return { bytes, size: bytes.length, md5: createHash("md5").update(bytes).digest("hex") };
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written)).bytesWritten;
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
