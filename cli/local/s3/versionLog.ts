import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type ObjectVersion, parseVersionRecord } from "./objectVersion";
import { writeWholeFile } from "./wholeFile";

/** A version that went. */
const removal = z.object({ removed: z.object({ key: z.string(), versionId: z.string() }) });

/**
 * A bucket's versions on disk: a line for each that came or went, one file for all of them, since to make a file for each
 * takes longer than all that is in it. A line is the truth once it is whole.
 */
export class VersionLog {
  #bytes = 0;

  constructor(private readonly file: string) {}

  /**
   * Reads what is there, and leaves it with a line for each version.
   * @throws Error that names the line that cannot be read
   */
  async load(): Promise<readonly ObjectVersion[]> {
    const text = await readFile(this.file, "utf8").catch(() => "");
    const lines = text.split("\n");
    // What follows the last line end was cut off while it was written.
    lines.pop();
    const versions = new Map<string, ObjectVersion>();
    for (const [index, line] of lines.entries()) {
      try {
        replay(line, versions);
      } catch (cause) {
        const where = `${this.file}, line ${index + 1},`;
        throw new Error(`${where} is not a record of an object; remove it or the store's folder`, { cause });
      }
    }
    const whole = [...versions.values()].map(lineOf).join("");
    writeWholeFile(this.file, whole);
    this.#bytes = Buffer.byteLength(whole);
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
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      this.#bytes += bytes.length;
    } catch (error) {
      // The next line must not follow half of this one.
      ftruncateSync(descriptor, this.#bytes);
      throw error;
    } finally {
      closeSync(descriptor);
    }
  }
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
