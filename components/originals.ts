import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedNormalizingAccessPointArgs, NormalizingAccessPointArgs } from "./normalizingAccessPointArgs";
import { privateBucket } from "./privateBucket";

/** The bucket of the originals and the access point over it. */
export interface Originals {
  /** Name of the bucket. */
  readonly bucket: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  /** Account that owns the bucket. */
  readonly bucketAccountId: pulumi.Input<string>;
  readonly accessPoint: aws.s3.AccessPoint;
}

/** An access point over the given bucket, or over a new one. */
export function originalsBehindAccessPoint(
  name: string,
  args: NormalizingAccessPointArgs,
  { tags, kmsKeyArn }: CheckedNormalizingAccessPointArgs,
  parent: pulumi.Resource,
): Originals {
  const bucket = pulumi.output(
    args.bucket ??
      privateBucket(`${name}-bucket`, { forceDestroy: args.forceDestroy ?? false, tags, kmsKeyArn }, parent).id,
  );
  const accessPoint = new aws.s3.AccessPoint(
    `${name}-access-point`,
    {
      bucket,
      bucketAccountId: args.bucketAccountId,
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      tags,
    },
    { parent },
  );
  return {
    bucket,
    bucketArn: pulumi.interpolate`arn:${arnPart(accessPoint, 1)}:s3:::${bucket}`,
    bucketAccountId: args.bucketAccountId ?? arnPart(accessPoint, 4),
    accessPoint,
  };
}

/** A part of the access point's ARN: 1 is the partition, 3 the Region, 4 the account. */
export function arnPart(accessPoint: aws.s3.AccessPoint, index: number): pulumi.Output<string> {
  return accessPoint.arn.apply((arn) => arn.split(":")[index] ?? "");
}
