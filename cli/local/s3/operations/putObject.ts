import { sendEmpty } from "../answers";
import { attributesOf, checksumHeaders, versionIdHeader } from "../objectHeaders";
import { writeCondition } from "../preconditions";
import { S3Error } from "../s3Errors";
import type { S3Request } from "../s3Target";
import type { Operation } from "./operation";

/** Longest body of one request in bytes; docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_BODY_BYTES = 5 * 1024 ** 3;

/** PutObject. */
export const putObject: Operation = {
  name: "PutObject",
  method: "PUT",
  on: "object",
  copies: false,
  async run({ store, bucketName, request, response }) {
    assertLengthKnown(request);
    const version = await store.put(bucketName, request.key, request.body, {
      ...attributesOf(request.headers),
      condition: writeCondition(request.headers),
      checksum: request.payload.checksum,
    });
    sendEmpty(response, 200, {
      etag: `"${version.etag}"`,
      ...checksumHeaders(version.checksum),
      ...versionIdHeader(store.bucket(bucketName), version.versionId),
    });
  },
};

/** S3 takes no body of unknown length. @throws S3Error MissingContentLength, EntityTooLarge */
export function assertLengthKnown(request: S3Request): void {
  const { length } = request.payload;
  if (length === undefined) throw new S3Error("MissingContentLength");
  if (length > MAX_BODY_BYTES) {
    throw new S3Error("EntityTooLarge", {
      details: { ProposedSize: String(length), MaxSizeAllowed: String(MAX_BODY_BYTES) },
    });
  }
}
