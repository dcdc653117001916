import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Delivery } from "../contracts/delivery";
import type { Statement } from "./normalizePolicies";
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
  { tags, kmsKeyArn, vpc, noncurrentDays }: CheckedNormalizingAccessPointArgs,
  parent: pulumi.Resource,
): Originals {
  const superseded = {
    id: "superseded-originals",
    status: "Enabled",
    filter: { prefix: "" },
    noncurrentVersionExpiration: { noncurrentDays },
    // What a deletion leaves, once the version that it hides is gone.
    expiration: { expiredObjectDeleteMarker: true },
  };
  const settings = { forceDestroy: args.forceDestroy ?? false, tags, kmsKeyArn, lifecycleRules: [superseded] };
  const bucket = pulumi.output(args.bucket ?? privateBucket(`${name}-bucket`, settings, parent).id);
  const accessPoint = new aws.s3.AccessPoint(
    `${name}-access-point`,
    {
      bucket,
      bucketAccountId: args.bucketAccountId,
      ...(vpc && { vpcConfiguration: { vpcId: vpc.vpcId } }),
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

/**
 * Statements that the policy of another account's bucket must have, as a JSON list: they leave to this account who reads,
 * but only through this access point (AmazonS3/latest/userguide/access-points-policies.html, delegating).
 * Object Lambda reads in its readers' names, who may be of further accounts.
 */
export function bucketPolicyStatements(
  { accessPoint, bucketArn }: Originals,
  args: NormalizingAccessPointArgs,
): pulumi.Output<string> {
  const account = pulumi.interpolate`arn:${arnPart(accessPoint, 1)}:iam::${arnPart(accessPoint, 4)}:root`;
  const readers = args.deliveries?.includes(Delivery.ObjectLambda) ? Object.values(args.readers ?? {}) : [];
  const only = (Sid: string, Action: string, Resource: pulumi.Input<string>): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS: [account, ...readers] },
    Action,
    Resource,
    Condition: { StringEquals: { "s3:DataAccessPointArn": accessPoint.arn } },
  });
  return pulumi.jsonStringify([
    only("ReadThroughAccessPoint", "s3:GetObject", pulumi.interpolate`${bucketArn}/*`),
    only("ListThroughAccessPoint", "s3:ListBucket", bucketArn),
  ]);
}

/** A part of the access point's ARN: 1 is the partition, 3 the Region, 4 the account. */
export function arnPart(accessPoint: aws.s3.AccessPoint, index: number): pulumi.Output<string> {
  return accessPoint.arn.apply((arn) => arn.split(":")[index] ?? "");
}
