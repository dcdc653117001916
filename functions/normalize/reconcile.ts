import type { S3Client } from "@aws-sdk/client-s3";
import {
  DerivedMetadata,
  derivedKey,
  MAX_SOURCE_KEY_BYTES,
  type QuarantineEntry,
  quarantineKey,
} from "../../contracts/derived";
import { accessPointOriginal } from "./accessPointOriginal";
import { type DerivedStore, isSameSource, type SourceIdentity } from "./derivedStore";
import { NORMALIZE_ERRORS, NormalizeError, type NormalizeErrorCode, toNormalizeError } from "./errors";
import { type NormalizedObject, normalizeOriginal } from "./request";
import type { Transformer } from "./transformer";

/** Rounds after which an original that keeps changing is left to a later event. */
const MAX_ROUNDS = 6;

/** What a reconciliation works with. */
export interface Reconciliation {
  readonly client: S3Client;
  readonly store: DerivedStore;
  readonly transformer: Transformer;
  /** Milliseconds until everything must have ended. */
  remainingMs(): number;
  /** Runs one task at a time: only one original is in memory. */
  alone<T>(task: () => Promise<T>): Promise<T>;
}

/** What became of one key. */
export interface Reconciled {
  /** What the derived bucket now has for it, and rightly so. */
  readonly state: "derived" | "quarantined" | "gone";
  /** Whether this reconciliation wrote anything. */
  readonly wrote: boolean;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  /** Why it is in quarantine, when this reconciliation put it there. */
  readonly error?: NormalizeError;
}

/**
 * Makes the derived bucket follow one original, whatever the event said: events come late, twice and out of order, but
 * the original can be asked. It looks at the original and at what is derived, writes what is missing or wrong, and looks
 * again until nothing is. So whoever writes last has seen, after writing, that it was right; a change after that has an
 * event of its own. S3 is strongly consistent (docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html).
 * @throws NormalizeError when it should be tried again later
 */
export async function reconcile(key: string, context: Reconciliation): Promise<Reconciled> {
  const { store, transformer } = context;
  const { hash } = transformer;
  if (Buffer.byteLength(key) > MAX_SOURCE_KEY_BYTES) {
    const detail = `Given ${Buffer.byteLength(key)} bytes; allowed: ${MAX_SOURCE_KEY_BYTES}.`;
    return { state: "quarantined", wrote: false, error: new NormalizeError("KeyTooLong", detail) };
  }
  const names = { derived: derivedKey(hash, key), quarantine: quarantineKey(hash, key) };
  let last: Partial<Reconciled> = {};
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const [source, derived, quarantined] = await Promise.all([
      store.original(key),
      store.madeFrom(names.derived),
      store.madeFrom(names.quarantine),
    ]);
    const wrote = round > 0;
    if (source === undefined) {
      if (!derived && !quarantined) return { state: "gone", wrote };
      if (!(await store.isGone(key))) continue;
      if (derived) await store.delete(names.derived);
      if (quarantined) await store.delete(names.quarantine);
      continue;
    }
    const isDerived = derived !== undefined && isSameSource(derived, source);
    const isQuarantined = quarantined !== undefined && isSameSource(quarantined, source);
    // A placeholder is derived and in quarantine: readers go on, and people find what was bad.
    if (isDerived && (derived.isPlaceholder ? isQuarantined : !quarantined))
      return { ...last, state: "derived", wrote };
    if (isQuarantined && !derived) return { ...last, state: "quarantined", wrote };
    const made = await derive(key, source, context);
    if (made === undefined) continue;
    const error = made instanceof NormalizeError ? made : placeholderError(made);
    if (error !== undefined) await store.put(names.quarantine, source, quarantineEntry(key, hash, source, error));
    if (made instanceof NormalizeError) {
      if (derived) await store.delete(names.derived);
    } else {
      const metadata = { ...made.metadata, [DerivedMetadata.Transformation]: hash };
      await store.put(names.derived, source, { bytes: made.bytes, contentType: made.contentType, metadata });
      if (error === undefined && quarantined) await store.delete(names.quarantine);
    }
    last =
      made instanceof NormalizeError
        ? { error: made }
        : { bytesIn: made.originalBytes, bytesOut: made.bytes.length, ...(error && { error }) };
  }
  throw new NormalizeError("SourceChanged", `It changed ${MAX_ROUNDS} times.`);
}

/**
 * Normalises one original as it was looked at.
 * @returns the picture, the reason why there never will be one, or undefined when the original has changed meanwhile
 */
async function derive(
  key: string,
  source: SourceIdentity,
  { client, store, transformer, remainingMs, alone }: Reconciliation,
): Promise<NormalizedObject | NormalizeError | undefined> {
  try {
    return await alone(() =>
      normalizeOriginal({
        open: accessPointOriginal(client, store.source, key, { etag: `"${source.etag}"` }),
        transformer,
        remainingMs: remainingMs(),
      }),
    );
  } catch (thrown) {
    const error = toNormalizeError(thrown);
    if (error.code === "NoSuchKey" || error.code === "SourceChanged") return undefined;
    if (isPermanent(error)) return error;
    throw error;
  }
}

/** Codes of a wrong request or configuration, which say nothing of the original. */
const NOT_OF_THE_ORIGINAL = new Set(["InvalidArgument", "InvalidRequest", "InvalidTransformation"]);

/**
 * Whether the same bytes will fail in the same way each time. Everything else may pass when it is tried again, a code
 * of the original's store above all.
 */
function isPermanent({ kind }: NormalizeError): boolean {
  return NORMALIZE_ERRORS[kind].status === 400 && !NOT_OF_THE_ORIGINAL.has(kind);
}

/** Why a placeholder stands in for the original; undefined for a picture. */
function placeholderError({ metadata }: NormalizedObject): NormalizeError | undefined {
  const code = metadata?.[DerivedMetadata.Placeholder];
  return code === undefined ? undefined : new NormalizeError(isErrorCode(code) ? code : "InternalError");
}

function isErrorCode(code: string): code is NormalizeErrorCode {
  return Object.hasOwn(NORMALIZE_ERRORS, code);
}

function quarantineEntry(key: string, hash: string, source: SourceIdentity, error: NormalizeError) {
  const entry: QuarantineEntry = {
    key,
    code: error.code,
    message: error.message,
    when: new Date().toISOString(),
    sourceEtag: source.etag,
    ...(source.version !== undefined && { sourceVersion: source.version }),
  };
  return {
    bytes: Buffer.from(JSON.stringify(entry)),
    contentType: "application/json",
    metadata: { [DerivedMetadata.Transformation]: hash, [DerivedMetadata.Code]: error.code },
  };
}
