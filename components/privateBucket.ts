import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Days after which parts of an upload that was never completed are removed; they are billed and of no use. */
const ABANDONED_UPLOAD_DAYS = 7;

/** How a private bucket differs from another. */
export interface PrivateBucketOptions {
  /** Delete the objects too when the bucket is destroyed. */
  readonly forceDestroy: pulumi.Input<boolean>;
  readonly tags: Record<string, string>;
  /** ARN of the KMS key that encrypts it. Defaults to a key of S3's own. */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
  /** Lifecycle rules besides the one for abandoned uploads. Defaults to none. */
  readonly lifecycleRules?: readonly aws.types.input.s3.BucketLifecycleConfigurationRule[];
}

/**
 * Creates a bucket as this package creates them all: private, encrypted, versioned, reached through TLS only,
 * without leftovers of abandoned uploads.
 * @param name prefix of the names of the resources
 * @returns the bucket; its id is its name
 */
export function privateBucket(name: string, options: PrivateBucketOptions, parent: pulumi.Resource): aws.s3.Bucket {
  const bucket = new aws.s3.Bucket(name, { forceDestroy: options.forceDestroy, tags: options.tags }, { parent });
  const child = { parent };
  const block = new aws.s3.BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      bucket: bucket.id,
      rules: [
        {
          applyServerSideEncryptionByDefault:
            options.kmsKeyArn === undefined
              ? { sseAlgorithm: "AES256" }
              : { sseAlgorithm: "aws:kms", kmsMasterKeyId: options.kmsKeyArn },
          bucketKeyEnabled: true,
        },
      ],
    },
    child,
  );
  new aws.s3.BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    {
      bucket: bucket.id,
      rules: [
        {
          id: "abandoned-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: ABANDONED_UPLOAD_DAYS },
        },
        ...(options.lifecycleRules ?? []),
      ],
    },
    child,
  );
  new aws.s3.BucketPolicy(
    `${name}-policy`,
    { bucket: bucket.id, policy: tlsOnlyPolicy(bucket.arn) },
    // S3 refuses two changes to a bucket's access settings at the same moment.
    { parent, dependsOn: [block] },
  );
  return bucket;
}

/** Refuses every request to the bucket that does not come through TLS. */
function tlsOnlyPolicy(bucketArn: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
