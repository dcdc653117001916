import { type Transformation, transformationHash } from "../../contracts/transformation";
import { NormalizeError } from "./errors";
import { DEFAULT_IMAGE_LIMITS, type ImageLimits, normalizeImage } from "./image";
import { collectOriginal, type OpenOriginal } from "./original";

/** Metadata key under which every answer names its transformation. */
export const TRANSFORMATION_METADATA = "frugal-ml-transformation";

/** What a delivery answers with. */
export interface NormalizedObject {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Names original and transformation, so it changes with either; the original's own ETag is never passed on. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** Hash of the transformation. */
  readonly hash: string;
  /** Bytes of the original. */
  readonly originalBytes: number;
}

/** One read. */
export interface ReadRequest {
  readonly open: OpenOriginal;
  readonly transformation: Transformation;
  /** Milliseconds until an answer must have been given. */
  readonly remainingMs: number;
  readonly limits?: ImageLimits;
}

/** Kept back of the time that is left, so that a coded answer still gets through. */
export const ANSWER_MARGIN_MS = 1_000;

/**
 * Reads an original and normalises it: the same for every delivery that answers a reader.
 * @throws NormalizeError always coded, and in time
 */
export async function normalizeOriginal(request: ReadRequest): Promise<NormalizedObject> {
  const { open, transformation, remainingMs, limits = DEFAULT_IMAGE_LIMITS } = request;
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), Math.max(0, remainingMs - ANSWER_MARGIN_MS));
  const late = new Promise<never>((_, reject) => {
    aborter.signal.addEventListener("abort", () => reject(new NormalizeError("SourceTimeout")), { once: true });
  });
  try {
    return await Promise.race([late, normalize(open, transformation, limits, aborter.signal)]);
  } finally {
    clearTimeout(timer);
  }
}

async function normalize(
  open: OpenOriginal,
  transformation: Transformation,
  limits: ImageLimits,
  signal: AbortSignal,
): Promise<NormalizedObject> {
  const { etag, lastModified, bytes } = await read(open, limits, signal);
  const hash = transformationHash(transformation);
  const transformed = await normalizeImage(bytes, transformation, limits);
  return {
    ...transformed,
    etag: etag === undefined ? undefined : `"${etag.replaceAll('"', "")}-${hash}"`,
    lastModified,
    hash,
    originalBytes: bytes.length,
  };
}

async function read(open: OpenOriginal, limits: ImageLimits, signal: AbortSignal) {
  try {
    const original = await open(signal);
    return { ...original, bytes: await collectOriginal(original, limits) };
  } catch (cause) {
    if (cause instanceof NormalizeError) throw cause;
    throw new NormalizeError(signal.aborted ? "SourceTimeout" : "SourceFailed", undefined, { cause });
  }
}
