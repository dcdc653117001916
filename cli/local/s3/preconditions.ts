import { headerValue, type RequestHeaders } from "./canonicalRequest";
import type { ObjectVersion } from "./objectVersion";
import { S3Error } from "./s3Errors";

/** What must hold of the current object for a write to take place. */
export interface WriteCondition {
  /** `*`: there must be none. */
  readonly ifNoneMatch?: string;
  /** ETag that it must have, or `*` for any. */
  readonly ifMatch?: string;
}

/**
 * Reads a write's condition from its headers.
 * @throws S3Error NotImplemented for an `If-None-Match` other than `*`, as S3 does
 */
export function writeCondition(headers: RequestHeaders): WriteCondition {
  const ifNoneMatch = headerValue(headers, "if-none-match");
  const ifMatch = headerValue(headers, "if-match");
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") {
    throw new S3Error("NotImplemented", { details: { Header: "If-None-Match" } });
  }
  return { ...(ifNoneMatch !== undefined && { ifNoneMatch }), ...(ifMatch !== undefined && { ifMatch }) };
}

/**
 * Checks a write's condition against the current version.
 * @throws S3Error PreconditionFailed; NoSuchKey when `If-Match` meets nothing
 */
export function assertWriteCondition(
  current: ObjectVersion | undefined,
  key: string,
  condition: WriteCondition = {},
): void {
  const there = current !== undefined && !current.deleteMarker;
  if (condition.ifNoneMatch !== undefined && there) {
    throw new S3Error("PreconditionFailed", { details: { Condition: "If-None-Match" } });
  }
  if (condition.ifMatch === undefined) return;
  if (!there) throw new S3Error("NoSuchKey", { details: { Key: key } });
  if (!matches(condition.ifMatch, current.etag)) {
    throw new S3Error("PreconditionFailed", { details: { Condition: "If-Match" } });
  }
}

/**
 * Checks a read's conditions with the precedence of RFC 9110, section 13.2.2, which S3 follows.
 * @param names header prefix: empty for reads, `x-amz-copy-source-` for the source of a copy
 * @throws S3Error PreconditionFailed, NotModified
 */
export function assertReadConditions(headers: RequestHeaders, version: ObjectVersion, names = ""): void {
  const ifMatch = headerValue(headers, `${names}if-match`);
  const ifNoneMatch = headerValue(headers, `${names}if-none-match`);
  const unmodifiedSince = instant(headerValue(headers, `${names}if-unmodified-since`));
  const modifiedSince = instant(headerValue(headers, `${names}if-modified-since`));
  // HTTP dates have whole seconds.
  const modified = Math.floor(version.lastModified.getTime() / 1000) * 1000;
  const fail = (condition: string): never => {
    throw new S3Error("PreconditionFailed", { details: { Condition: `${names}${condition}` } });
  };
  const notModified = (condition: string): never => {
    if (names !== "") return fail(condition);
    throw new S3Error("NotModified", { headers: { etag: `"${version.etag}"` } });
  };
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, version.etag)) fail("If-Match");
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) {
    fail("If-Unmodified-Since");
  }
  if (ifNoneMatch !== undefined) {
    if (matches(ifNoneMatch, version.etag)) notModified("If-None-Match");
  } else if (modifiedSince !== undefined && modified <= modifiedSince) {
    notModified("If-Modified-Since");
  }
}

function matches(header: string, etag: string): boolean {
  return header.split(",").some((candidate) => {
    const tag = candidate.trim();
    return tag === "*" || tag.replace(/^W\//, "").replace(/^"(.*)"$/, "$1") === etag;
  });
}

/** Milliseconds since the epoch; undefined for a date that cannot be read, which HTTP ignores. */
function instant(header: string | undefined): number | undefined {
  const time = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(time) ? undefined : time;
}
