import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { decodeAwsChunked, isAwsChunked } from "./awsChunked";
import { headerValue, type RequestHeaders } from "./canonicalRequest";
import { BodyVerifier, type DeclaredChecksum, declaredChecksum, type ObjectChecksum } from "./checksums";
import { S3Error } from "./s3Errors";
import { UNSIGNED_PAYLOAD, type VerifiedSignature } from "./sigV4";

/** How a body is read. */
export interface RequestBodyOptions {
  /** False when `x-amz-checksum-…` headers speak of something other than the body. */
  readonly checksummed: boolean;
  /** Milliseconds without a byte after which the body is given up. */
  readonly idleMs: number;
}

/** The body of a request. */
export interface RequestBody {
  /** Payload, without framing. It fails at its end when any checksum is wrong, so keep nothing before it ended. */
  readonly stream: Readable;
  /** Payload bytes that the headers declare; undefined when they do not. */
  readonly length: number | undefined;
  /** The checksum that the client declared, if any. */
  readonly declared: DeclaredChecksum | undefined;
  /** Checksum of the payload; undefined until the stream has ended. */
  checksum(): ObjectChecksum | undefined;
}

/**
 * Opens a request's body. Nothing is read before the stream is.
 * @param headers the request's headers, those hoisted into a presigned URL included
 * @throws S3Error when the headers that describe the body are malformed
 */
export function openRequestBody(
  request: IncomingMessage,
  headers: RequestHeaders,
  signature: VerifiedSignature,
  options: RequestBodyOptions,
): RequestBody {
  const { payloadHash } = signature;
  const chunked = isAwsChunked(payloadHash);
  const hashed = /^[0-9a-f]{64}$/i.test(payloadHash);
  if (!chunked && !hashed && payloadHash !== UNSIGNED_PAYLOAD) {
    throw new S3Error("InvalidArgument", {
      message:
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
    });
  }
  const length = lengthHeader(headers, chunked ? "x-amz-decoded-content-length" : "content-length");
  if (chunked && length === undefined) throw new S3Error("MissingContentLength");
  const declared = options.checksummed ? declaredChecksum(headers) : undefined;
  if (declared !== undefined && declared.value === undefined && !chunked) throw new S3Error("MalformedTrailerError");
  const contentMd5 = headerValue(headers, "content-md5");
  const verifier = new BodyVerifier({
    ...(contentMd5 !== undefined && { contentMd5 }),
    ...(hashed && { contentSha256: payloadHash.toLowerCase() }),
    ...(declared && { checksum: declared }),
  });
  const trailers = new Map<string, string>();
  const announcedTrailers = (headerValue(headers, "x-amz-trailer") ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  let checksum: ObjectChecksum | undefined;
  async function* verified(): AsyncGenerator<Uint8Array> {
    const bytes = received(request, options.idleMs);
    const payload = chunked
      ? decodeAwsChunked(bytes, { signature, decodedLength: length ?? 0, announcedTrailers, trailers })
      : bytes;
    for await (const chunk of payload) {
      verifier.update(chunk);
      yield chunk;
    }
    checksum = verifier.finish(trailers);
  }
  const stream = Readable.from(verified(), { objectMode: false });
  // Whoever reads the stream sees its error; one that nobody reads must not end the process.
  stream.on("error", () => {});
  return { stream, length, declared, checksum: () => checksum };
}

/**
 * Reads a small body whole.
 * @param limit bytes
 * @throws S3Error MalformedXML when it is longer; any error of the body
 */
export async function readSmallBody(stream: Readable, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError("a request body is read as bytes");
    size += chunk.length;
    if (size > limit) throw new S3Error("MalformedXML");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function lengthHeader(headers: RequestHeaders, name: string): number | undefined {
  const value = headerValue(headers, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw new S3Error("InvalidArgument", { message: `${name} is not a number of bytes` });
  return Number(value);
}

/** The bytes as they arrive. Stopping early leaves the socket open, so that the error can still be answered. */
async function* received(request: IncomingMessage, idleMs: number): AsyncGenerator<Uint8Array> {
  const iterator: AsyncIterator<unknown> = request.iterator({ destroyOnReturn: false });
  let waiting = false;
  try {
    for (;;) {
      waiting = true;
      const next = await within(idleMs, iterator.next());
      waiting = false;
      if (next.done) return;
      if (!Buffer.isBuffer(next.value)) throw new TypeError("a request is read as bytes");
      yield next.value;
    }
  } catch (cause) {
    if (cause instanceof S3Error) throw cause;
    throw new S3Error("IncompleteBody", { cause });
  } finally {
    // A return would queue behind a read that may never end.
    if (!waiting) await iterator.return?.();
  }
}

function within<T>(idleMs: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new S3Error("RequestTimeout")), idleMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
