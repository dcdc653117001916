import { NormalizeError, type NormalizeErrorCode } from "./errors";

/** Headers of an original that are as true of its transformation. */
export const KEPT_HEADERS = ["cache-control", "expires", "content-language"] as const;

/** An original object, open for reading. */
export interface Original {
  /** ETag as its store gives it, quotes included, when it gives one. */
  readonly etag?: string;
  /** HTTP date of its last change, when the store gives one. */
  readonly lastModified?: string;
  /** Length in bytes, when the store says so beforehand. */
  readonly contentLength?: number;
  /** Those of {@link KEPT_HEADERS} that it has. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets a body go that nobody will read. */
  cancel?(): Promise<void>;
}

/** Opens an original. The signal aborts it when the answer is due. */
export type OpenOriginal = (signal: AbortSignal) => Promise<Original>;

/**
 * Reads an original whole, and stops as soon as it is known to be over the limit: before the first byte when its
 * length is announced, otherwise while reading.
 * @throws NormalizeError TooManyBytes
 */
export async function collectOriginal(original: Original, maxBytes: number): Promise<Uint8Array> {
  const tooMany = (given: number): NormalizeError =>
    new NormalizeError("TooManyBytes", `Given ${given} or more; allowed: ${maxBytes}.`);
  if ((original.contentLength ?? 0) > maxBytes) {
    await original.cancel?.();
    throw tooMany(original.contentLength ?? 0);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of original.body) {
    length += chunk.length;
    if (length > maxBytes) throw tooMany(length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Our code for a store's status: the same for every store, and for a HEAD, which has no code. */
const CODES: Readonly<Record<number, NormalizeErrorCode>> = {
  403: "AccessDenied",
  404: "NoSuchKey",
  405: "MethodNotAllowed",
  429: "SlowDown",
  503: "SlowDown",
};

/** Statuses that reach the reader with the store's own code. The others are about our request, not about the reader's. */
const PASSED_ON: ReadonlySet<number> = new Set([401, 403, 404, 405, 409]);

/** As {@link PASSED_ON}, for a listing, whose parameters are the reader's. */
export const PASSED_ON_OF_LISTING: ReadonlySet<number> = new Set([400, ...PASSED_ON]);

/**
 * The coded error for what the original's store answered: its code and status where a reader can act on them,
 * SlowDown when it asks for patience, SourceFailed otherwise.
 * @param code S3's error code, when it gave one; a HEAD has none
 */
export function originalError(status: number, cause?: unknown, code?: string, passedOn = PASSED_ON): NormalizeError {
  const known = code !== undefined && /^[A-Za-z][A-Za-z0-9.]{0,63}$/.test(code) ? code : undefined;
  const detail = `Its store answered ${status}${known === undefined ? "" : ` ${known}`}.`;
  const passed = known !== undefined && passedOn.has(status) && { passedOn: { code: known, status } };
  return new NormalizeError(CODES[status] ?? "SourceFailed", detail, { cause, ...passed });
}
