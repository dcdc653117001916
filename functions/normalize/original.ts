import { NormalizeError, type NormalizeErrorCode } from "./errors";
import type { ImageLimits } from "./image";

/** An original object, open for reading. */
export interface Original {
  /** ETag as its store gives it, quotes included, when it gives one. */
  readonly etag?: string;
  /** HTTP date of its last change, when the store gives one. */
  readonly lastModified?: string;
  /** Length in bytes, when the store says so beforehand. */
  readonly contentLength?: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Opens an original. The signal aborts it when the answer is due. */
export type OpenOriginal = (signal: AbortSignal) => Promise<Original>;

/**
 * Reads an original whole, and stops as soon as it is known to be over the limit: before the first byte when its
 * length is announced, otherwise while reading.
 * @throws NormalizeError TooManyBytes
 */
export async function collectOriginal(original: Original, limits: Pick<ImageLimits, "bytes">): Promise<Uint8Array> {
  const refuse = (given: number): never => {
    throw new NormalizeError("TooManyBytes", `Given ${given} or more; allowed: ${limits.bytes}.`);
  };
  if ((original.contentLength ?? 0) > limits.bytes) refuse(original.contentLength ?? 0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of original.body) {
    length += chunk.length;
    if (length > limits.bytes) refuse(length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** The coded error for a status that the original's store answered with. */
export function originalError(status: number, cause?: unknown): NormalizeError {
  const codes: Readonly<Record<number, NormalizeErrorCode>> = {
    403: "AccessDenied",
    404: "NoSuchKey",
    503: "SlowDown",
  };
  return new NormalizeError(codes[status] ?? "SourceFailed", `Its store answered ${status}.`, { cause });
}
