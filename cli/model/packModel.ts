import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "fflate";
import { CannotRunError } from "../../contracts/cannotRunError";
import { tarArchive } from "../archive/tarArchive";
import type { ModelFile, ModelFolder } from "./modelFolder";
import { storedGzip } from "./storedGzip";

/** A model above this size is stored: weights hardly shrink, and a library that gives the same bytes everywhere takes minutes. */
const COMPRESSED_TO = 16 * 1024 * 1024;

/** What was written. */
export interface PackedModel {
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the archive, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Packs a model. The same files give the same bytes, on every host and at any time: entries are sorted, times are 0, owners
 * 0, modes 0644. The archive is there whole or not at all; an older one of its name is replaced.
 * Missing folders are made.
 * @throws CannotRunError `ArchiveNotWritten`, or `ModelChanged` when files changed meanwhile
 */
export async function packModel(folder: ModelFolder, out: string): Promise<PackedModel> {
  const target = path.resolve(out);
  const aside = `${target}.${randomUUID()}.tmp`;
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    const before = folder.files.map(stateOf);
    mkdirSync(path.dirname(target), { recursive: true });
    const file = await open(aside, "wx");
    try {
      for await (const chunk of archive(folder)) {
        hash.update(chunk);
        bytes += chunk.length;
        await file.writeFile(chunk);
      }
    } finally {
      await file.close();
    }
    if (folder.files.some((one, index) => stateOf(one) !== before[index]))
      throw new CannotRunError("ModelChanged", "files of the model changed while they were packed; nothing is written");
    renameSync(aside, target);
  } catch (cause) {
    // Where a folder of the path is a file, even removing what is not there fails.
    if (existsSync(aside)) rmSync(aside);
    if (cause instanceof CannotRunError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("ArchiveNotWritten", `${out} cannot be written: ${reason}`, { cause });
  }
  return { file: out, bytes, sha256: hash.digest("hex") };
}

async function* archive(folder: ModelFolder): AsyncGenerator<Uint8Array> {
  const entries = folder.files.map(({ path: name, source }) => ({ name, file: source }));
  const tar = tarArchive(entries, 0);
  if (folder.bytes > COMPRESSED_TO) yield* storedGzip(tar);
  else {
    const chunks: Uint8Array[] = [];
    for await (const chunk of tar) chunks.push(chunk);
    yield gzipSync(Buffer.concat(chunks), { level: 6, mtime: 0 });
  }
}

function stateOf({ source }: ModelFile): string {
  const { size, mtimeMs } = statSync(source);
  return `${size} ${mtimeMs}`;
}
