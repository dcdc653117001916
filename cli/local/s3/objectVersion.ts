import { createHash } from "node:crypto";
import { z } from "zod";
import { CHECKSUM_ALGORITHMS } from "./checksums";

/** Version id of an object that was stored while its bucket was not versioned. */
export const NULL_VERSION = "null";

const checksum = z.object({
  algorithm: z.enum(CHECKSUM_ALGORITHMS),
  value: z.string(),
  type: z.enum(["FULL_OBJECT", "COMPOSITE"]),
});

const part = z.object({ number: z.number().int(), size: z.number().int(), checksum: checksum.optional() });

const record = z.object({
  key: z.string(),
  versionId: z.string(),
  deleteMarker: z.boolean(),
  size: z.number().int().nonnegative(),
  etag: z.string(),
  lastModified: z.iso.datetime().transform((text) => new Date(text)),
  sequencer: z.string(),
  headers: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.string()),
  checksum: checksum.optional(),
  parts: z.array(part).optional(),
  content: z.base64().optional(),
  dataFile: z.string().optional(),
});

/** One part of an object that was uploaded in parts. */
export type ObjectPart = Readonly<z.output<typeof part>>;

/** One version of an object as it is kept: whole, committed, never changed. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` when stored while the bucket was not versioned. */
  readonly versionId: string;
  readonly deleteMarker: boolean;
  /** Bytes. */
  readonly size: number;
  /** Without quotes: MD5 in hexadecimal, or `MD5 of the parts' MD5s-number of parts`. Empty for a delete marker. */
  readonly etag: string;
  readonly lastModified: Date;
  /** Hexadecimal; of two versions of a key the later one has the greater one. */
  readonly sequencer: string;
  /** HTTP headers kept with the object, by lower-case name, for example `content-type`. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, by lower-case name without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum?: z.output<typeof checksum> | undefined;
  readonly parts?: readonly ObjectPart[] | undefined;
  /** The bytes of a small object, in base64; it has no file. */
  readonly content?: string | undefined;
  /** Name of the file with the bytes; a small object and a delete marker have none. */
  readonly dataFile?: string | undefined;
}

/**
 * Reads a version's record.
 * @throws ZodError or SyntaxError when it is not one
 */
export function parseVersionRecord(text: string): ObjectVersion {
  return record.parse(JSON.parse(text));
}

/** Name of a file that holds a version's bytes: hashed, because a key is no path. */
export function versionDataFile(key: string, id: string): string {
  return `${createHash("sha256").update(key).digest("hex")}-${id}.data`;
}
