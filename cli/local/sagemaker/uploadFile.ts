import { createReadStream, readFileSync } from "node:fs";
import type { ObjectStore } from "../s3/objectStore";
import type { ObjectSource } from "../s3/temporaryFile";
import { type FileState, fileState, isSameFile } from "./folderScan";

/** Whether the process that wrote a file may still write to it. */
export type Writer = "running" | "ended";

/** Bytes up to which a file is read in one piece. */
const READ_WHOLE = 8 * 1024 * 1024;

/** The file changed while it was read. */
class FileChanged extends Error {}

/**
 * Stores a file as an object, whole or not at all.
 * @param state what the file was when it was chosen
 * @param writer one that has ended leaves its file to the store: the object is then another name for it, until it is removed
 * @returns false when it is not that any more, before or after it was read; nothing is stored then
 */
export async function uploadFile(
  store: ObjectStore,
  bucket: string,
  key: string,
  file: string,
  state: FileState,
  writer: Writer = "running",
): Promise<boolean> {
  try {
    await store.put(bucket, key, sourceOf(file, state, writer));
    return true;
  } catch (error) {
    if (error instanceof FileChanged) return false;
    // Of the store's own folder the same error would be a fault: then the file is as it was.
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isMissing && !isSameFile(fileState(file), state)) return false;
    throw error;
  }
}

function sourceOf(file: string, state: FileState, writer: Writer): ObjectSource {
  if (state.size > READ_WHOLE) return streamed(file, state);
  if (writer === "running") return whole(file, state);
  assertSame(file, state, state.size);
  return { finished: file };
}

function whole(file: string, state: FileState): Uint8Array {
  const bytes = readFileSync(file);
  assertSame(file, state, bytes.length);
  return bytes;
}

async function* streamed(file: string, state: FileState): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const bytes: Uint8Array = chunk;
    read += bytes.length;
    yield bytes;
  }
  // Thrown before the source ends, so that the store keeps nothing.
  assertSame(file, state, read);
}

function assertSame(file: string, state: FileState, read: number): void {
  if (read !== state.size || !isSameFile(fileState(file), state))
    throw new FileChanged(`${file} changed while it was read`);
}
