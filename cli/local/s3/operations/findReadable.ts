import type { ObjectStore } from "../objectStore";
import type { ObjectVersion } from "../objectVersion";
import { S3Error } from "../s3Errors";

/**
 * The version that a read means.
 * @throws S3Error NoSuchBucket, NoSuchKey, NoSuchVersion; MethodNotAllowed for a delete marker asked for by its id
 */
export function findReadable(
  store: ObjectStore,
  bucketName: string,
  key: string,
  versionId: string | undefined,
): ObjectVersion {
  const version = store.find(bucketName, key, versionId);
  if (version === undefined && versionId !== undefined) {
    throw new S3Error("NoSuchVersion", { details: { Key: key, VersionId: versionId } });
  }
  if (version === undefined) throw new S3Error("NoSuchKey", { details: { Key: key } });
  if (!version.deleteMarker) return version;
  const headers = { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId };
  if (versionId === undefined) throw new S3Error("NoSuchKey", { details: { Key: key }, headers });
  throw new S3Error("MethodNotAllowed", {
    headers: { ...headers, allow: "DELETE", "last-modified": version.lastModified.toUTCString() },
  });
}
