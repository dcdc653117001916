import { physicalName } from "../identify";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";
import { S3Error } from "../s3/s3Errors";

/** A bucket of the embedded store. */
export const kind: ResourceKind = {
  types: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],

  identify(registration, cloud) {
    const bucket = physicalName(registration, "bucket");
    return {
      id: bucket,
      outputs: {
        bucket,
        arn: `arn:${cloud.partition}:s3:::${bucket}`,
        region: cloud.region,
        bucketDomainName: `${bucket}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${bucket}.s3.${cloud.region}.amazonaws.com`,
      },
    };
  },

  async start(resource, plane) {
    try {
      await plane.store.createBucket(resource.id ?? resource.name);
    } catch (cause) {
      if (!(cause instanceof S3Error)) throw cause;
      throw new LocalPlaneError(cause.code, cause.message, { cause });
    }
  },
};
