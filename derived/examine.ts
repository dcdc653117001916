import { HeadObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import {
  DerivedMetadata,
  derivedKey,
  derivedPrefix,
  MAX_SOURCE_KEY_BYTES,
  quarantineKey,
  quarantinePrefix,
} from "../contracts/derived";
import type { DerivedSet } from "./derivedSet";
import { inOrder } from "./inOrder";
import { type ListedKey, listKeys } from "./listKeys";
import { type MergedKey, mergeListings } from "./mergeListings";

/** Derived objects that are looked at at once. */
const LOOKS_AT_ONCE = 32;

/**
 * How one key stands. `current`: derived from the original as it is. `placeholder`: the same, but a placeholder, as the
 * transformation asks for. `missing`: not derived yet. `stale`: derived from an earlier original. `orphan`: derived from
 * an original that is gone. `quarantined`: the original as it is cannot be normalised.
 */
export type KeyState = "current" | "placeholder" | "missing" | "stale" | "orphan" | "quarantined";

/** One key, and how it stands. */
export interface ExaminedKey {
  readonly key: string;
  readonly state: KeyState;
  /** Code of the error, of what is in quarantine or has a placeholder. */
  readonly code?: string;
  /** Whether it has a quarantine entry. */
  readonly hasEntry: boolean;
}

/**
 * Compares originals with what is derived from them, key by key in the order of their bytes. Listings are read side by
 * side, and each derived object is asked which original it is of, so memory does not grow with their number.
 */
export function examine(client: S3Client, set: DerivedSet): AsyncGenerator<ExaminedKey> {
  const { source, derived, hash } = set;
  const merged = mergeListings([
    listKeys(client, source),
    listKeys(client, derived, derivedPrefix(hash)),
    listKeys(client, derived, quarantinePrefix(hash)),
  ]);
  return inOrder(merged, LOOKS_AT_ONCE, (keys) => examineKey(client, set, keys));
}

async function examineKey(client: S3Client, set: DerivedSet, { key, found }: MergedKey): Promise<ExaminedKey> {
  const [source, derived, entry] = found;
  const hasEntry = entry !== undefined;
  if (source === undefined) return { key, state: "orphan", hasEntry };
  if (Buffer.byteLength(key) > MAX_SOURCE_KEY_BYTES) return { key, state: "quarantined", code: "KeyTooLong", hasEntry };
  if (derived !== undefined) {
    const metadata = await metadataOf(client, set.derived, derivedKey(set.hash, key));
    if (!isOf(metadata, source)) return { key, state: "stale", hasEntry };
    const code = metadata[DerivedMetadata.Placeholder];
    return code === undefined ? { key, state: "current", hasEntry } : { key, state: "placeholder", code, hasEntry };
  }
  if (entry === undefined) return { key, state: "missing", hasEntry };
  const metadata = await metadataOf(client, set.derived, quarantineKey(set.hash, key));
  if (!isOf(metadata, source)) return { key, state: "missing", hasEntry };
  return { key, state: "quarantined", code: metadata[DerivedMetadata.Code] ?? "unknown", hasEntry };
}

/** Listings tell ETags but no versions; equal ETags are equal bytes. */
function isOf(metadata: Readonly<Record<string, string>>, source: ListedKey): boolean {
  return metadata[DerivedMetadata.SourceEtag] === source.etag;
}

async function metadataOf(client: S3Client, bucket: string, key: string): Promise<Readonly<Record<string, string>>> {
  try {
    return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).Metadata ?? {};
  } catch (error) {
    // It went since it was listed.
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return {};
    throw error;
  }
}
