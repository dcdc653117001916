import * as pulumi from "@pulumi/pulumi";
import { Delivery } from "../contracts/delivery";
import type { MaterializedDelivery } from "./materializedDelivery";
import type { NormalizeFunction } from "./normalizeFunction";
import type { Statement } from "./normalizePolicies";
import type { CheckedNormalizingAccessPointArgs, NormalizingAccessPointArgs } from "./normalizingAccessPointArgs";
import { arnPart, type Originals } from "./originals";

/** What is encrypted with a key, and where. */
export interface KeyUse {
  readonly keyArn: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
  readonly bucketArn: pulumi.Input<string>;
  /** The function's log; undefined where the key does not encrypt it. */
  readonly logGroupArn?: pulumi.Input<string>;
  /** Bucket of derived objects and queues of changes; only for the delivery `materialized`. */
  readonly materialized?: {
    readonly derivedBucketArn: pulumi.Input<string>;
    readonly queueArn: pulumi.Input<string>;
    readonly deadLetterQueueArn: pulumi.Input<string>;
  };
}

/** What the key of the arguments encrypts; undefined when there is none. */
export function keyUseOf(
  { kmsKeyArn, logKeyArn }: CheckedNormalizingAccessPointArgs,
  { accessPoint, bucketArn }: Originals,
  materialized: MaterializedDelivery | undefined,
  own: NormalizeFunction | undefined,
): KeyUse | undefined {
  if (kmsKeyArn === undefined) return undefined;
  return {
    keyArn: kmsKeyArn,
    region: arnPart(accessPoint, 3),
    bucketArn,
    ...(own && logKeyArn !== undefined && { logGroupArn: own.logs.arn }),
    ...(materialized && {
      materialized: {
        derivedBucketArn: materialized.derived.arn,
        queueArn: materialized.queue.arn,
        deadLetterQueueArn: materialized.deadLetters.arn,
      },
    }),
  };
}

/**
 * What the function's role needs of the key, and only while S3 or SQS asks for it on its behalf, for these buckets and
 * queues. With an S3 bucket key the encryption context is the bucket's ARN, without it is the object's
 * (AmazonS3/latest/userguide/bucket-key.html); objects that were in a given bucket before may be of either kind.
 */
export function keyStatements(use: KeyUse): readonly Statement[] {
  const { materialized } = use;
  return [
    ofBucket("DecryptOriginals", "kms:Decrypt", use, use.bucketArn),
    ...(materialized === undefined
      ? []
      : [
          ofBucket("EncryptDerived", ["kms:Decrypt", "kms:GenerateDataKey"], use, materialized.derivedBucketArn),
          {
            Sid: "DecryptChanges",
            Effect: "Allow" as const,
            Action: "kms:Decrypt",
            Resource: use.keyArn,
            Condition: {
              StringEquals: {
                "kms:ViaService": pulumi.interpolate`sqs.${use.region}.amazonaws.com`,
                "kms:EncryptionContext:aws:sqs:arn": [materialized.queueArn, materialized.deadLetterQueueArn],
              },
            },
          },
        ]),
  ];
}

/**
 * Statements that the key's own policy must have, as a JSON list: the key belongs to somebody else, who alone may change
 * it. A role of the key's account needs no statement where the key's policy leaves permissions to IAM, as the
 * default policy does; S3, which sends the changes, and CloudWatch Logs always need one.
 */
export function keyPolicyStatements(
  use: KeyUse,
  roleArn: pulumi.Input<string>,
  args: NormalizingAccessPointArgs,
): pulumi.Output<string> {
  const readers = Object.values(args.readers ?? {});
  const { materialized } = use;
  // In a key's policy the key itself is "*".
  const key = { ...use, keyArn: "*" };
  const statements: Statement[] = keyStatements(key).map((statement) => ({
    ...statement,
    Principal: { AWS: roleArn },
  }));
  if (readers.length > 0 && args.deliveries?.includes(Delivery.ObjectLambda)) {
    // S3 decrypts in the reader's name, whoever transforms.
    const statement = ofBucket("ReadersDecryptOriginals", "kms:Decrypt", key, use.bucketArn);
    statements.push({ ...statement, Principal: { AWS: readers } });
  }
  if (materialized !== undefined) {
    if (readers.length > 0) {
      const statement = ofBucket("ReadersDecryptDerived", "kms:Decrypt", key, materialized.derivedBucketArn);
      statements.push({ ...statement, Principal: { AWS: readers } });
    }
    statements.push({
      // Who may send at all is the queue's policy's to say; this is the key's part, for that queue alone.
      Sid: "ChangesReachTheQueue",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: { StringEquals: { "kms:EncryptionContext:aws:sqs:arn": materialized.queueArn } },
    });
  }
  if (use.logGroupArn !== undefined) statements.push(logStatement(use.region, use.logGroupArn));
  return pulumi.jsonStringify(statements);
}

/** What CloudWatch Logs needs, for that log alone (AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html). */
function logStatement(region: pulumi.Input<string>, logGroupArn: pulumi.Input<string>): Statement {
  return {
    Sid: "EncryptTheLog",
    Effect: "Allow",
    Principal: { Service: pulumi.interpolate`logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
  };
}

function ofBucket(
  Sid: string,
  Action: string | string[],
  { keyArn, region }: Pick<KeyUse, "keyArn" | "region">,
  bucketArn: pulumi.Input<string>,
): Statement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource: keyArn,
    Condition: {
      StringEquals: { "kms:ViaService": pulumi.interpolate`s3.${region}.amazonaws.com` },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, pulumi.interpolate`${bucketArn}/*`] },
    },
  };
}
