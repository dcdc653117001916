import type { Readable } from "node:stream";
import type { ByteRange } from "../byteRange";
import { headerValue, percentDecode } from "../canonicalRequest";
import type { ObjectVersion } from "../objectVersion";
import { assertReadConditions } from "../preconditions";
import { S3Error } from "../s3Errors";
import { findReadable } from "./findReadable";
import type { OperationContext } from "./operation";

/** What a copy reads. */
export interface CopySource {
  readonly bucketName: string;
  readonly version: ObjectVersion;
  /** Opens the bytes; call it in the same turn of the event loop. */
  open(range?: ByteRange): Readable;
}

/**
 * Finds the source that `x-amz-copy-source` names (`bucket/key`, `arn:…:accesspoint/name/object/key`, each with an
 * optional `?versionId=`) and checks the conditions on it.
 * @throws S3Error InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion, PreconditionFailed
 */
export function copySource({ store, request }: OperationContext): CopySource {
  const header = headerValue(request.headers, "x-amz-copy-source") ?? "";
  // The first `?` that is not encoded ends the key.
  const [path = "", versionId] = header.split(/\?versionId=(.*)$/s);
  const decoded = percentDecode(path).replace(/^\//, "");
  const arn = /^(arn:[^/]*:accesspoint\/[^/]+)\/object\/(.+)$/s.exec(decoded);
  const plain = /^([^/]+)\/(.+)$/s.exec(decoded);
  const [, name, key] = arn ?? plain ?? [];
  if (name === undefined || key === undefined) {
    throw new S3Error("InvalidArgument", {
      message: "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
      details: { ArgumentName: "x-amz-copy-source", ArgumentValue: header },
    });
  }
  const bucketName = request.resolveBucket(name);
  if (bucketName === undefined) throw new S3Error("NoSuchBucket", { details: { BucketName: name } });
  const version = findReadable(store, bucketName, key, versionId === undefined ? undefined : percentDecode(versionId));
  assertReadConditions(request.headers, version, "x-amz-copy-source-");
  return { bucketName, version, open: (range) => store.read(bucketName, version, range) };
}
