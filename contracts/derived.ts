import { SERVICE_LIMITS } from "./serviceLimits";

/**
 * User metadata of derived objects and of quarantine entries, without `x-amz-meta-`. They say which original was read,
 * so that whoever compares them with the original knows whether they are current.
 */
export const DerivedMetadata = {
  /** Hash of the transformation. */
  Transformation: "frugal-ml-transformation",
  /** ETag of the original, without quotes. */
  SourceEtag: "frugal-ml-source-etag",
  /** Version id of the original; absent when its bucket is not versioned. */
  SourceVersion: "frugal-ml-source-version",
  /** Code of what was wrong with the original that a placeholder stands in for; on placeholders only. */
  Placeholder: "frugal-ml-placeholder",
  /** Code of the error; on quarantine entries only. */
  Code: "frugal-ml-code",
} as const;

/** What a quarantine entry holds, as JSON: an original that cannot be normalised, and never will be as it is. */
export interface QuarantineEntry {
  /** Key of the original. */
  readonly key: string;
  /** Code of the error, for example `CorruptImage`. */
  readonly code: string;
  readonly message: string;
  /** ISO time at which it was found. */
  readonly when: string;
  /** ETag of the original, without quotes. */
  readonly sourceEtag: string;
  /** Version id of the original; absent when its bucket is not versioned. */
  readonly sourceVersion?: string;
}

/** Pattern of a transformation's hash. */
export const TRANSFORMATION_HASH = /^[0-9a-f]{12}$/;

/** Prefix of everything that was derived by one transformation. */
export function derivedPrefix(hash: string): string {
  return `${hash}/`;
}

/** Key of what was derived from an original: the original's own key below the prefix. */
export function derivedKey(hash: string, key: string): string {
  return derivedPrefix(hash) + key;
}

/** Prefix of the quarantine of one transformation. */
export function quarantinePrefix(hash: string): string {
  return `quarantine/${hash}/`;
}

/**
 * Key of an original's quarantine entry. Nothing is appended to the original's key: so originals, derived objects and
 * entries are listed in one order, and can be compared while they are listed.
 */
export function quarantineKey(hash: string, key: string): string {
  return quarantinePrefix(hash) + key;
}

/** Longest key of an original, in UTF-8 bytes, for which a derived object and a quarantine entry can be named. */
export const MAX_SOURCE_KEY_BYTES = SERVICE_LIMITS.s3.keyBytes - quarantinePrefix("0".repeat(12)).length;
