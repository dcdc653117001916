import type { Validators } from "./conditions";
import { type TimeLeft, timeLeft, withinDeadline } from "./deadline";
import { NormalizeError } from "./errors";
import { collectOriginal, type OpenOriginal, type Original } from "./original";
import type { Transformed, Transformer } from "./transformer";

/** Metadata key under which every answer names its transformation. */
export const TRANSFORMATION_METADATA = "frugal-ml-transformation";

/** What a delivery answers with. */
export interface NormalizedObject {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Names original and transformation, so it changes with either; the original's own ETag is never passed on. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** Headers of the original that are as true of the transformed object. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the transformation says of its result, as metadata without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Hash of the transformation. */
  readonly hash: string;
  /** Bytes of the original. */
  readonly originalBytes: number;
}

/** What is known of an object before it is read, beside its validators. */
export interface Announcement extends Validators {
  readonly headers: Readonly<Record<string, string>>;
  readonly hash: string;
}

/** One read. */
export interface ReadRequest {
  readonly open: OpenOriginal;
  readonly transformer: Transformer;
  /** Milliseconds until an answer must have been given. */
  readonly remainingMs: number;
  /** Told what is known once the original is open. When it throws, nothing is read or transformed. */
  admit?(announced: Announcement): void;
}

/**
 * Reads an original and normalises it: the same for every delivery.
 * @throws NormalizeError always coded, and in time; what `admit` throws
 */
export function normalizeOriginal(request: ReadRequest): Promise<NormalizedObject> {
  let isRead = false;
  const left = timeLeft(request.remainingMs);
  return withinDeadline(
    request.remainingMs,
    (signal) =>
      normalize(request, {
        signal,
        left,
        onRead() {
          isRead = true;
        },
      }),
    () => (isRead ? "TransformationTimeout" : "SourceTimeout"),
  );
}

/** How long a read may go on, and whom it tells how far it is. */
interface Course {
  readonly signal: AbortSignal;
  readonly left: TimeLeft;
  onRead(): void;
}

async function normalize({ open, transformer, admit }: ReadRequest, course: Course): Promise<NormalizedObject> {
  const { signal } = course;
  const original = await coded(signal, () => open(signal));
  const announced = announcement(original, transformer.hash);
  try {
    admit?.(announced);
  } catch (error) {
    await original.cancel?.();
    throw error;
  }
  return { ...(await transform(original, transformer, course)), ...announced };
}

async function transform(
  original: Original,
  transformer: Transformer,
  { signal, left, onRead }: Course,
): Promise<Transformed & { readonly originalBytes: number }> {
  let bytes: Uint8Array;
  try {
    bytes = await coded(signal, () => collectOriginal(original, transformer.maxBytes));
  } catch (error) {
    // An original that is too large was not read, but it can be stood in for as any other bad image.
    const standIn = error instanceof NormalizeError ? await transformer.standIn(error) : undefined;
    if (standIn === undefined) throw error;
    return { ...standIn, originalBytes: original.contentLength ?? 0 };
  }
  onRead();
  return { ...(await transformer.transform(bytes, left)), originalBytes: bytes.length };
}

function announcement({ etag, lastModified, headers = {} }: Original, hash: string): Announcement {
  return {
    ...(etag !== undefined && { etag: `"${etag.replaceAll('"', "")}-${hash}"` }),
    ...(lastModified !== undefined && { lastModified }),
    headers,
    hash,
  };
}

async function coded<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof NormalizeError) throw cause;
    throw new NormalizeError(signal.aborted ? "SourceTimeout" : "SourceFailed", undefined, { cause });
  }
}
