import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import {
  canonicalHeaders,
  canonicalQuery,
  headerValue,
  normalizedCanonicalPath,
  type RequestHeaders,
  s3CanonicalPaths,
  splitTarget,
} from "./canonicalRequest";
import { S3Error } from "./s3Errors";
import { type SignatureClaim, signatureClaim } from "./signatureClaim";
import { SIGNATURE_ALGORITHM, SignatureError } from "./signatureError";

export { SignatureError };

/** Payload hash of a request whose body is not signed. */
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

/** How far the clock of a client may be off, in milliseconds; docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const MAX_SKEW_MS = 15 * 60 * 1000;

const S3_SERVICES: readonly string[] = ["s3", "s3-object-lambda"];

/** A request as it arrived. */
export interface SignedRequest {
  readonly method: string;
  /** Request target as sent: path and query, not decoded. */
  readonly url: string;
  readonly headers: RequestHeaders;
  /**
   * Hexadecimal SHA-256 of the body, for services whose clients do not send `x-amz-content-sha256` (Lambda).
   * Defaults to that of an empty body.
   */
  readonly bodySha256?: string;
}

/** What a request may be signed with. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a signature must be for. */
export interface VerifyOptions {
  /** Service names accepted in the credential scope; `s3` and `s3-object-lambda` follow S3's rules for paths. */
  readonly services: readonly string[];
  readonly region: string;
  /** Defaults to the current time. */
  readonly now?: Date;
}

/** A signature that was verified. */
export interface VerifiedSignature {
  readonly accessKeyId: string;
  readonly service: string;
  readonly region: string;
  readonly signedAt: Date;
  /** True when the signature came in the query. */
  readonly presigned: boolean;
  /** Lower-case names, sorted as signed. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal SHA-256 that the body must have, or `UNSIGNED-PAYLOAD`, or one of S3's `STREAMING-…` forms. */
  readonly payloadHash: string;
  /** Hexadecimal signature; the first link of a chunked body's chain. */
  readonly signature: string;
  /** Signs the next link of a chunked body's chain with this request's key, date and scope. */
  signNext(kind: string, previous: string, lines: readonly string[]): string;
}

/**
 * Verifies AWS Signature V4 in the `Authorization` header or in the query of a presigned URL. A session token is
 * accepted and means nothing.
 * For S3 the body is still to be compared with `payloadHash`; for other services too, unless `bodySha256` was given
 * and no `x-amz-content-sha256` was sent.
 * Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @throws SignatureError when the request is not signed, or not by these credentials, or at another time or for another service
 */
export function verifySignature(
  request: SignedRequest,
  credentials: SigningCredentials,
  options: VerifyOptions,
): VerifiedSignature {
  try {
    return verified(request, credentials, options);
  } catch (error) {
    if (error instanceof SignatureError || !(error instanceof S3Error) || error.code !== "InvalidURI") throw error;
    // An address that cannot be read has no signature, whichever service it is of.
    throw new SignatureError("InvalidURI", { cause: error });
  }
}

function verified(request: SignedRequest, credentials: SigningCredentials, options: VerifyOptions): VerifiedSignature {
  const target = splitTarget(request.url);
  const claim = signatureClaim(target, request.headers);
  assertScope(claim, options);
  if (claim.accessKeyId !== credentials.accessKeyId) {
    throw new SignatureError("InvalidAccessKeyId", { details: { AWSAccessKeyId: claim.accessKeyId } });
  }
  assertTime(claim, options.now ?? new Date());
  const forS3 = S3_SERVICES.includes(claim.service);
  assertHeadersSigned(claim, request.headers, forS3);
  const payloadHash = payloadHashOf(claim, request, forS3);

  const scope = `${claim.day}/${claim.region}/${claim.service}/aws4_request`;
  const key = signingKey(credentials.secretAccessKey, claim);
  const signatureOf = (path: string): string => {
    const canonicalRequest = [
      request.method,
      path,
      canonicalQuery(target.query, "X-Amz-Signature"),
      canonicalHeaders(request.headers, claim.signedHeaders),
      claim.signedHeaders.join(";"),
      payloadHash,
    ].join("\n");
    // Node decodes headers as Latin-1; the client signed the bytes.
    const hash = createHash("sha256").update(canonicalRequest, "latin1").digest("hex");
    return hmac(key, [SIGNATURE_ALGORITHM, claim.timestamp, scope, hash].join("\n")).toString("hex");
  };
  const paths = forS3 ? s3CanonicalPaths(target.path) : [normalizedCanonicalPath(target.path)];
  if (!paths.some((path) => sameText(signatureOf(path), claim.signature))) {
    throw new SignatureError("SignatureDoesNotMatch", {
      details: { AWSAccessKeyId: claim.accessKeyId, SignatureProvided: claim.signature },
    });
  }
  return {
    accessKeyId: claim.accessKeyId,
    service: claim.service,
    region: claim.region,
    signedAt: claim.signedAt,
    presigned: claim.presigned,
    signedHeaders: claim.signedHeaders,
    payloadHash,
    signature: claim.signature,
    signNext: (kind, previous, lines) =>
      hmac(key, [kind, claim.timestamp, scope, previous, ...lines].join("\n")).toString("hex"),
  };
}

/** Compares two texts in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** The last key: it is the same for a day, a Region and a service. */
let lastKey: { readonly of: string; readonly key: Buffer } | undefined;

function signingKey(secret: string, { day, region, service }: SignatureClaim): Buffer {
  const of = [secret, day, region, service].join("\n");
  if (lastKey?.of !== of) {
    const key = [day, region, service, "aws4_request"].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
    lastKey = { of, key };
  }
  return lastKey.key;
}

function assertScope(claim: SignatureClaim, options: VerifyOptions): void {
  const refuse = (part: string, given: string, expected: string, region?: string): never => {
    const wrong = `the ${part} '${given}' is wrong; expecting '${expected}'`;
    throw claim.presigned
      ? new SignatureError("AuthorizationQueryParametersError", {
          message: `Error parsing the X-Amz-Credential parameter; ${wrong}`,
          ...(region && { details: { Region: region } }),
        })
      : new SignatureError("AuthorizationHeaderMalformed", {
          message: `The authorization header is malformed; ${wrong}`,
          ...(region && { details: { Region: region } }),
        });
  };
  if (claim.terminator !== "aws4_request") refuse("terminal", claim.terminator, "aws4_request");
  if (!options.services.includes(claim.service)) refuse("service", claim.service, options.services.join("' or '"));
  if (claim.region !== options.region) refuse("region", claim.region, options.region, options.region);
  if (claim.day !== claim.timestamp.slice(0, 8)) refuse("date", claim.day, claim.timestamp.slice(0, 8));
}

function assertTime(claim: SignatureClaim, now: Date): void {
  const age = now.getTime() - claim.signedAt.getTime();
  if (!claim.presigned) {
    if (Math.abs(age) <= MAX_SKEW_MS) return;
    throw new SignatureError("RequestTimeTooSkewed", {
      details: {
        RequestTime: claim.timestamp,
        ServerTime: now.toISOString(),
        MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
      },
    });
  }
  if (age < -MAX_SKEW_MS) throw new SignatureError("AccessDenied", { message: "Request is not valid yet" });
  const lifetime = claim.expiresIn * 1000;
  if (age > lifetime) {
    throw new SignatureError("AccessDenied", {
      message: "Request has expired",
      details: {
        "X-Amz-Expires": String(claim.expiresIn),
        Expires: new Date(claim.signedAt.getTime() + lifetime).toISOString(),
        ServerTime: now.toISOString(),
      },
    });
  }
}

function assertHeadersSigned(claim: SignatureClaim, headers: RequestHeaders, forS3: boolean): void {
  // Only S3 insists on its own headers; the host is what keeps a signature from being replayed elsewhere.
  const unsigned = Object.keys(headers).filter(
    (name) => !claim.signedHeaders.includes(name) && (name === "host" || (forS3 && name.startsWith("x-amz-"))),
  );
  const missing = claim.signedHeaders.includes("host") ? [] : ["host"];
  const bad = [...new Set([...missing, ...unsigned])];
  if (bad.length === 0) return;
  throw new SignatureError("AccessDenied", {
    message: "There were headers present in the request which were not signed",
    details: { HeadersNotSigned: bad.join(", ") },
  });
}

function payloadHashOf(claim: SignatureClaim, request: SignedRequest, forS3: boolean): string {
  const sent = headerValue(request.headers, "x-amz-content-sha256") ?? claim.contentSha256;
  if (sent !== undefined) return sent;
  if (forS3 && claim.presigned) return UNSIGNED_PAYLOAD;
  if (forS3) {
    throw new SignatureError("InvalidRequest", {
      message: "Missing required header for this request: x-amz-content-sha256",
    });
  }
  return request.bodySha256 ?? createHash("sha256").digest("hex");
}
