import { createHash, type Hash } from "node:crypto";
import { ByteReader } from "./byteReader";
import { S3Error } from "./s3Errors";
import { sameText, type VerifiedSignature } from "./sigV4";

/** Framings of a streamed body, as `x-amz-content-sha256` names them: which are signed, and which have trailers. */
const FRAMINGS: ReadonlyMap<string, { readonly signed: boolean; readonly trailers: boolean }> = new Map([
  ["STREAMING-UNSIGNED-PAYLOAD-TRAILER", { signed: false, trailers: true }],
  ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", { signed: true, trailers: false }],
  ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", { signed: true, trailers: true }],
]);

/** Longest chunk header and longest trailer in bytes; real ones have about 100. */
const MAX_LINE_BYTES = 1024;
const MAX_TRAILER_BYTES = 16 * 1024;

const EMPTY_SHA256 = createHash("sha256").digest("hex");

/** What is known of a chunked body before its first byte. */
export interface AwsChunkedOptions {
  readonly signature: Pick<VerifiedSignature, "payloadHash" | "signature" | "signNext">;
  /** `x-amz-decoded-content-length`: bytes of the body without its framing. */
  readonly decodedLength: number;
  /** Lower-case names that `x-amz-trailer` announces. */
  readonly announcedTrailers: readonly string[];
  /** Filled with the trailers, by lower-case name, when the body has ended. */
  readonly trailers: Map<string, string>;
}

/** True when a payload hash says that the body is framed in chunks. */
export function isAwsChunked(payloadHash: string): boolean {
  return FRAMINGS.has(payloadHash);
}

/**
 * Takes the framing of an `aws-chunked` body off. Bytes are passed on before their chunk's signature is known to be
 * right, so nothing may be kept unless the stream ends without an error.
 * Sources: docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html
 * @throws S3Error IncompleteBody, InvalidRequest, MalformedTrailerError or SignatureDoesNotMatch
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  options: AwsChunkedOptions,
): AsyncGenerator<Buffer> {
  const framing = FRAMINGS.get(options.signature.payloadHash);
  if (framing === undefined) throw malformed("unknown framing");
  const reader = new ByteReader(source);
  const chain = framing.signed ? new SignatureChain(options.signature) : undefined;
  let total = 0;
  try {
    for (;;) {
      const header = await reader.line(MAX_LINE_BYTES);
      if (header === undefined) throw new S3Error("IncompleteBody");
      const { size, signature } = parseChunkHeader(header, framing.signed);
      total += size;
      if (total > options.decodedLength) throw malformed("more bytes than x-amz-decoded-content-length");
      const hash = chain && createHash("sha256");
      for (let left = size; left > 0; ) {
        const piece = await reader.some(left);
        if (piece === undefined) throw new S3Error("IncompleteBody");
        left -= piece.length;
        hash?.update(piece);
        yield piece;
      }
      if (hash) chain?.verifyChunk(hash, signature);
      if (size === 0) break;
      if ((await reader.line(1)) !== "") throw new S3Error("IncompleteBody");
    }
    if (total !== options.decodedLength) throw new S3Error("IncompleteBody");
    const text = await reader.rest(MAX_TRAILER_BYTES);
    if (text === undefined) throw new S3Error("MalformedTrailerError");
    readTrailers(text, framing.trailers, chain, options);
  } finally {
    await reader.close();
  }
}

/** The chain in which every chunk's signature signs the one before. */
class SignatureChain {
  readonly #signer: Pick<VerifiedSignature, "signNext">;
  #previous: string;

  constructor(signer: Pick<VerifiedSignature, "signature" | "signNext">) {
    this.#signer = signer;
    this.#previous = signer.signature;
  }

  verifyChunk(data: Hash, given: string): void {
    this.#verify("AWS4-HMAC-SHA256-PAYLOAD", [EMPTY_SHA256, data.digest("hex")], given);
  }

  verifyTrailer(text: string, given: string): void {
    this.#verify("AWS4-HMAC-SHA256-TRAILER", [createHash("sha256").update(text, "latin1").digest("hex")], given);
  }

  #verify(kind: string, lines: readonly string[], given: string): void {
    const expected = this.#signer.signNext(kind, this.#previous, lines);
    if (!sameText(expected, given)) throw new S3Error("SignatureDoesNotMatch");
    this.#previous = expected;
  }
}

function malformed(why: string): S3Error {
  return new S3Error("InvalidRequest", { message: `The aws-chunked body is malformed: ${why}.` });
}

function parseChunkHeader(header: string, signed: boolean): { readonly size: number; readonly signature: string } {
  const match = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(header);
  const [, size, signature] = match ?? [];
  if (size === undefined) throw malformed("a chunk header cannot be read");
  if (signed && signature === undefined) throw malformed("a chunk has no signature");
  return { size: Number.parseInt(size, 16), signature: signature ?? "" };
}

function readTrailers(
  text: string,
  expected: boolean,
  chain: SignatureChain | undefined,
  options: AwsChunkedOptions,
): void {
  const lines = text.split("\n").map((line) => line.trim());
  // The body ends with an empty line; without it, it was cut off.
  if (lines.length < 2 || lines.at(-1) !== "") throw new S3Error("IncompleteBody");
  let signature = "";
  let signed = "";
  for (const line of lines.filter((candidate) => candidate !== "")) {
    const colon = line.indexOf(":");
    if (colon < 1) throw new S3Error("MalformedTrailerError");
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "x-amz-trailer-signature") {
      signature = value;
      continue;
    }
    if (!expected || !options.announcedTrailers.includes(name) || options.trailers.has(name)) {
      throw new S3Error("MalformedTrailerError");
    }
    options.trailers.set(name, value);
    signed += `${name}:${value}\n`;
  }
  if (options.announcedTrailers.some((name) => !options.trailers.has(name))) throw new S3Error("MalformedTrailerError");
  if (expected) chain?.verifyTrailer(signed, signature);
}
