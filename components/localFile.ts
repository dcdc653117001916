import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { printGiven } from "../contracts/problems";
import type { CheckedInputs } from "./checkedInputs";

/** Bytes that are read at once. */
const CHUNK_BYTES = 1024 * 1024;

/** A file that a component uploads. */
export interface LocalFile {
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256, 64 hexadecimal digits. */
  readonly sha256: string;
}

/**
 * A file and its SHA-256, so that its key is known at preview.
 * @param given path from the program's working directory
 * @returns undefined when there is no such file or nothing in it, which is then a problem of the property
 */
export function localFile(property: string, given: string, checks: CheckedInputs): LocalFile | undefined {
  const file = path.resolve(given);
  const entry = statSync(file, { throwIfNoEntry: false });
  if (entry?.isFile() && entry.size > 0) return { file, bytes: entry.size, sha256: sha256Of(file) };
  checks.add([{ property, given: printGiven(given), allowed: "path of a file that is not empty" }]);
  return undefined;
}

function sha256Of(file: string): string {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const descriptor = openSync(file, "r");
  try {
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest("hex");
}
