import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { headerValue, type RequestHeaders } from "./canonicalRequest";
import { crc32c } from "./crc32c";
import { crc64nvme } from "./crc64nvme";
import { S3Error } from "./s3Errors";

/**
 * Checksum algorithms of S3, with the length of a digest in bytes.
 * Source: docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
const DIGEST_BYTES = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 } as const;
export type ChecksumAlgorithm = keyof typeof DIGEST_BYTES;
export const CHECKSUM_ALGORITHMS = [
  "CRC32",
  "CRC32C",
  "CRC64NVME",
  "SHA1",
  "SHA256",
] as const satisfies ChecksumAlgorithm[];

/** What S3 computes when the client names no algorithm. */
export const DEFAULT_CHECKSUM: ChecksumAlgorithm = "CRC64NVME";

/** `FULL_OBJECT`: of all bytes; `COMPOSITE`: of the parts' digests. */
export type ChecksumType = "FULL_OBJECT" | "COMPOSITE";

/** Checksum of an object or of a part. */
export interface ObjectChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; a composite one ends with `-` and the number of parts. */
  readonly value: string;
  readonly type: ChecksumType;
}

/** A checksum that a client says it sends. */
export interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; absent when it comes in a trailer. */
  readonly value?: string;
}

/** Computes one digest of bytes as they pass. */
export interface Digester {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}

/** Narrows text to the name of an algorithm. */
export function isChecksumAlgorithm(text: string): text is ChecksumAlgorithm {
  return Object.hasOwn(DIGEST_BYTES, text);
}

/** Name of the header or trailer that carries a checksum. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

export function createDigester(algorithm: ChecksumAlgorithm | "MD5"): Digester {
  if (algorithm === "SHA1" || algorithm === "SHA256" || algorithm === "MD5") return createHash(algorithm.toLowerCase());
  if (algorithm === "CRC64NVME") {
    let value = 0n;
    return {
      update: (chunk) => {
        value = crc64nvme(chunk, value);
      },
      digest: () => {
        const digest = Buffer.alloc(8);
        digest.writeBigUInt64BE(value);
        return digest;
      },
    };
  }
  const step = algorithm === "CRC32" ? crc32 : crc32c;
  let value = 0;
  return {
    update: (chunk) => {
      value = step(chunk, value);
    },
    digest: () => {
      const digest = Buffer.alloc(4);
      digest.writeUInt32BE(value);
      return digest;
    },
  };
}

/** Checksum over the digests of a multipart object's parts, in order. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, partValues: readonly string[]): ObjectChecksum {
  const digester = createDigester(algorithm);
  for (const value of partValues) digester.update(Buffer.from(value, "base64"));
  return { algorithm, value: `${digester.digest().toString("base64")}-${partValues.length}`, type: "COMPOSITE" };
}

/** True when text is the base64 of a digest of so many bytes. */
function isDigest(value: string, bytes: number): boolean {
  const decoded = Buffer.from(value, "base64");
  return decoded.length === bytes && decoded.toString("base64") === value;
}

/**
 * Reads which checksum the headers declare, in a header or for a trailer.
 * @throws S3Error InvalidRequest when there are several, when one is malformed, or when it contradicts `x-amz-sdk-checksum-algorithm`
 */
export function declaredChecksum(headers: RequestHeaders): DeclaredChecksum | undefined {
  const refuse = (message: string): never => {
    throw new S3Error("InvalidRequest", { message });
  };
  const announced = (headerValue(headers, "x-amz-trailer") ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const declared: DeclaredChecksum[] = [];
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const name = checksumHeader(algorithm);
    const value = headerValue(headers, name);
    if (value !== undefined) {
      if (!isDigest(value, DIGEST_BYTES[algorithm])) refuse(`Value for ${name} header is invalid.`);
      declared.push({ algorithm, value });
    }
    if (announced.includes(name)) declared.push({ algorithm });
  }
  if (declared.length > 1) {
    refuse("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  const [checksum] = declared;
  const named = headerValue(headers, "x-amz-sdk-checksum-algorithm")?.toUpperCase();
  if (named !== undefined && checksum === undefined) {
    refuse(
      "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    );
  }
  if (named !== undefined && named !== checksum?.algorithm) {
    refuse("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
  return checksum;
}

/** What a body is to be compared with. */
export interface BodyExpectations {
  /** Base64, as in `Content-MD5`. */
  readonly contentMd5?: string;
  /** Hexadecimal, as in `x-amz-content-sha256`. */
  readonly contentSha256?: string;
  readonly checksum?: DeclaredChecksum;
}

/** Digests of one body, computed while it streams and compared when it has ended. */
export class BodyVerifier {
  readonly #expected: BodyExpectations;
  readonly #algorithm: ChecksumAlgorithm;
  readonly #md5: Digester | undefined;
  readonly #sha256: Digester | undefined;
  readonly #checksum: Digester;

  /** @throws S3Error InvalidDigest when the `Content-MD5` is not the base64 of an MD5 */
  constructor(expected: BodyExpectations) {
    if (expected.contentMd5 !== undefined && !isDigest(expected.contentMd5, 16)) throw new S3Error("InvalidDigest");
    this.#expected = expected;
    this.#algorithm = expected.checksum?.algorithm ?? DEFAULT_CHECKSUM;
    this.#md5 = expected.contentMd5 === undefined ? undefined : createDigester("MD5");
    this.#sha256 = expected.contentSha256 === undefined ? undefined : createDigester("SHA256");
    this.#checksum = createDigester(this.#algorithm);
  }

  update(chunk: Uint8Array): void {
    this.#md5?.update(chunk);
    this.#sha256?.update(chunk);
    this.#checksum.update(chunk);
  }

  /**
   * Compares everything.
   * @param trailers what followed a chunked body, by lower-case name
   * @returns the body's checksum, by the declared algorithm or S3's default
   * @throws S3Error BadDigest, XAmzContentSHA256Mismatch, MalformedTrailerError
   */
  finish(trailers: ReadonlyMap<string, string>): ObjectChecksum {
    const computedSha256 = this.#sha256?.digest().toString("hex");
    if (this.#expected.contentSha256 !== undefined && computedSha256 !== this.#expected.contentSha256) {
      throw new S3Error("XAmzContentSHA256Mismatch", {
        details: {
          ClientComputedContentSHA256: this.#expected.contentSha256,
          S3ComputedContentSHA256: computedSha256 ?? "",
        },
      });
    }
    const md5 = this.#md5?.digest().toString("base64");
    if (md5 !== this.#expected.contentMd5) {
      throw new S3Error("BadDigest", {
        message: "The Content-MD5 you specified did not match what we received.",
        details: { ExpectedDigest: this.#expected.contentMd5 ?? "", CalculatedDigest: md5 ?? "" },
      });
    }
    const value = this.#checksum.digest().toString("base64");
    const declared = this.#expected.checksum;
    if (declared !== undefined) {
      const expected = declared.value ?? trailers.get(checksumHeader(declared.algorithm));
      if (expected === undefined || !isDigest(expected, DIGEST_BYTES[declared.algorithm])) {
        throw new S3Error("MalformedTrailerError");
      }
      if (expected !== value) {
        throw new S3Error("BadDigest", {
          message: `The ${declared.algorithm} you specified did not match the calculated checksum.`,
        });
      }
    }
    return { algorithm: this.#algorithm, value, type: "FULL_OBJECT" };
  }
}
