import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { derivedPrefix, quarantinePrefix } from "../contracts/derived";
import { privateBucket } from "./privateBucket";

/** Days after which what was replaced, deleted or retired is removed; S3 counts whole days. */
const SUPERSEDED_DAYS = 1;

/** What a bucket of derived objects is made with. */
export interface DerivedBucketOptions {
  readonly forceDestroy: pulumi.Input<boolean>;
  readonly tags: Record<string, string>;
  /** ARN of the KMS key that encrypts it. Defaults to a key of S3's own. */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
  /** Hashes of transformations whose objects expire. */
  readonly retired: readonly string[];
}

/**
 * A private bucket for objects that can be derived again: earlier versions go after a day, and so does everything of a
 * transformation that was named as retired. Nothing else expires.
 */
export function derivedBucket(name: string, options: DerivedBucketOptions, parent: pulumi.Resource): aws.s3.Bucket {
  const { forceDestroy, tags, retired, kmsKeyArn } = options;
  const lifecycleRules = [
    {
      id: "superseded-versions",
      status: "Enabled",
      filter: { prefix: "" },
      expiration: { expiredObjectDeleteMarker: true },
      noncurrentVersionExpiration: { noncurrentDays: SUPERSEDED_DAYS },
    },
    ...retired.flatMap((hash) => [
      expiring(`retired-${hash}`, derivedPrefix(hash)),
      expiring(`retired-${hash}-quarantine`, quarantinePrefix(hash)),
    ]),
  ];
  return privateBucket(name, { forceDestroy, tags, kmsKeyArn, lifecycleRules }, parent);
}

function expiring(id: string, prefix: string) {
  return { id, status: "Enabled", filter: { prefix }, expiration: { days: SUPERSEDED_DAYS } };
}
