import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CheckedClassifierApiArgs } from "./checkedClassifierApiArgs";
import { needsUpload } from "./classifierObjects";
import { needsBucket } from "./classifierStream";
import { privateBucket } from "./privateBucket";

/** What was replaced or deleted goes after a month: time to find out that it should not have been. */
const SUPERSEDED_DAYS = 30;

/** The bucket of a classifier, for what it uploads, classifies and answers; undefined when all of that is elsewhere. */
export function classifierBucket(
  name: string,
  forceDestroy: pulumi.Input<boolean>,
  { objects, stream, kmsKeyArn, tags }: CheckedClassifierApiArgs,
  parent: pulumi.Resource,
): aws.s3.Bucket | undefined {
  if (!needsUpload(objects) && !needsBucket(stream)) return undefined;
  const lifecycleRules = [
    {
      id: "superseded-versions",
      status: "Enabled",
      filter: { prefix: "" },
      expiration: { expiredObjectDeleteMarker: true },
      noncurrentVersionExpiration: { noncurrentDays: SUPERSEDED_DAYS },
    },
  ];
  return privateBucket(`${name}-bucket`, { forceDestroy, tags, kmsKeyArn, lifecycleRules }, parent);
}
