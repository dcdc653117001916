import type { AnswerHeaders } from "./answers";
import type { BucketInfo } from "./bucket";
import { headerValue, type RequestHeaders } from "./canonicalRequest";
import { checksumHeader, type ObjectChecksum } from "./checksums";
import type { ObjectVersion } from "./objectVersion";
import type { ObjectAttributes } from "./putOptions";
import { S3Error } from "./s3Errors";

/** Headers kept with an object and answered with it. */
const KEPT = [
  "content-type",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
  "x-amz-storage-class",
] as const;

/** What S3 calls bytes of which nothing is said. */
const DEFAULT_CONTENT_TYPE = "binary/octet-stream";

/** Longest user metadata, names and values, in bytes; docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const MAX_METADATA_BYTES = 2048;

const METADATA = "x-amz-meta-";

/** Headers that would change what is kept in ways the store does not know. Encryption at rest is not observable. */
const REFUSED = [
  /^x-amz-tagging$/,
  /^x-amz-tagging-directive$/,
  /^x-amz-grant-/,
  /^x-amz-object-lock-/,
  /^x-amz-website-redirect-location$/,
  /^x-amz(-copy-source)?-server-side-encryption-customer-/,
  /^x-amz-write-offset-bytes$/,
];

const ACCEPTED_ACLS = ["private", "bucket-owner-full-control"];

/**
 * Reads what is to be kept with an object.
 * @throws S3Error NotImplemented for a header that the store would have to ignore; MetadataTooLarge
 */
export function attributesOf(headers: RequestHeaders): ObjectAttributes {
  assertHeadersKnown(headers);
  const kept: Record<string, string> = { "content-type": DEFAULT_CONTENT_TYPE };
  for (const name of KEPT) {
    const value = headerValue(headers, name);
    if (value !== undefined && value !== "") kept[name] = value;
  }
  const encoding = (kept["content-encoding"] ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "" && one.toLowerCase() !== "aws-chunked");
  delete kept["content-encoding"];
  if (encoding.length > 0) kept["content-encoding"] = encoding.join(",");
  if (kept["x-amz-storage-class"] === "STANDARD") delete kept["x-amz-storage-class"];

  const metadata: Record<string, string> = {};
  let size = 0;
  for (const name of Object.keys(headers).filter((candidate) => candidate.startsWith(METADATA))) {
    const value = headerValue(headers, name) ?? "";
    metadata[name.slice(METADATA.length)] = value;
    size += name.length - METADATA.length + value.length;
  }
  if (size > MAX_METADATA_BYTES) {
    throw new S3Error("MetadataTooLarge", {
      details: { Size: String(size), MaxSizeAllowed: String(MAX_METADATA_BYTES) },
    });
  }
  return { headers: kept, metadata };
}

/** @throws S3Error NotImplemented */
export function assertHeadersKnown(headers: RequestHeaders): void {
  const acl = headerValue(headers, "x-amz-acl");
  const refused =
    acl !== undefined && !ACCEPTED_ACLS.includes(acl)
      ? "x-amz-acl"
      : Object.keys(headers).find((name) => REFUSED.some((pattern) => pattern.test(name)));
  if (refused !== undefined) {
    throw new S3Error("NotImplemented", {
      message: "A header you provided implies functionality that is not implemented.",
      details: { Header: refused },
    });
  }
}

/** Headers that describe a version, but for its length. */
export function versionHeaders(bucket: BucketInfo, version: ObjectVersion): AnswerHeaders {
  return {
    ...version.headers,
    ...Object.fromEntries(Object.entries(version.metadata).map(([name, value]) => [`${METADATA}${name}`, value])),
    etag: `"${version.etag}"`,
    "last-modified": version.lastModified.toUTCString(),
    "accept-ranges": "bytes",
    ...versionIdHeader(bucket, version.versionId),
  };
}

/** `x-amz-version-id`, where the bucket is or was versioned. */
export function versionIdHeader(bucket: BucketInfo, versionId: string | undefined): AnswerHeaders {
  return bucket.versioning === undefined ? {} : { "x-amz-version-id": versionId };
}

/** The checksum as headers. */
export function checksumHeaders(checksum: ObjectChecksum | undefined): AnswerHeaders {
  return checksum === undefined
    ? {}
    : { [checksumHeader(checksum.algorithm)]: checksum.value, "x-amz-checksum-type": checksum.type };
}
