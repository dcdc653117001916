import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type ObjectVersion, parseVersionRecord } from "./objectVersion";
import { writeWholeFile } from "./wholeFile";

const LINE_FEED = 10;

/** A version that went. */
const removal = z.object({ removed: z.object({ key: z.string(), versionId: z.string() }) });

/**
 * A bucket's versions on disk: a line for each that came or went, one file for all of them, since to make a file for each
 * takes longer than all that is in it. A line is the truth once it is whole.
 */
export class VersionLog {
  constructor(private readonly file: string) {}

  /**
   * Reads what is there, and leaves it with a line for each version.
   * @throws Error that names the line that cannot be read, or says why the file cannot
   */
  async load(): Promise<readonly ObjectVersion[]> {
    const bytes = await readFile(this.file).catch(noneYet);
    const versions = new Map<string, ObjectVersion>();
    let from = 0;
    // What follows the last line end was cut off while it was written.
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      try {
        replay(bytes.toString("utf8", from, end), versions);
      } catch (cause) {
        const line = bytes.subarray(0, end).filter((byte) => byte === LINE_FEED).length + 1;
        const where = `${this.file}, line ${line},`;
        throw new Error(`${where} is not a record of an object; remove it or the store's folder`, { cause });
      }
      from = end + 1;
    }
    writeWholeFile(this.file, [...versions.values()].map(lineOf).join(""));
    return [...versions.values()];
  }

  /** Adds a version; one with the same key and id is replaced. */
  add(version: ObjectVersion): void {
    this.#append(lineOf(version));
  }

  remove({ key, versionId }: Pick<ObjectVersion, "key" | "versionId">): void {
    this.#append(`${JSON.stringify({ removed: { key, versionId } })}\n`);
  }

  #append(line: string): void {
    const bytes = Buffer.from(line);
    const descriptor = openSync(this.file, "a");
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    } catch (error) {
      // The next line must not follow half of this one.
      ftruncateSync(descriptor, fstatSync(descriptor).size - written);
      throw error;
    } finally {
      closeSync(descriptor);
    }
  }
}

/** A bucket that is new has no log; one that cannot be read is not taken for empty, since all that it names would go. */
function noneYet(error: unknown): Buffer {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
  throw error;
}

function replay(line: string, versions: Map<string, ObjectVersion>): void {
  const gone = removal.safeParse(JSON.parse(line));
  if (gone.success) versions.delete(keyOf(gone.data.removed));
  else {
    const version = parseVersionRecord(line);
    versions.set(keyOf(version), version);
  }
}

function keyOf({ key, versionId }: Pick<ObjectVersion, "key" | "versionId">): string {
  return `${versionId} ${key}`;
}

function lineOf(version: ObjectVersion): string {
  return `${JSON.stringify(version)}\n`;
}
