import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { elementsOf, valueAt } from "../subjects/valueAt";

/** Where each type keeps the rules of its encryption. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ["rules"],
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": ["rules"],
  "aws:s3/bucket:Bucket": ["serverSideEncryptionConfiguration", "rule"],
  "aws-native:s3:Bucket": ["bucketEncryption", "serverSideEncryptionConfiguration"],
};

/** A bucket asks KMS once for many objects. */
export const bucketKey: Rule = {
  id: "bucket-key",
  pack: "guardrails",
  severity: "medium",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Buckets that are encrypted with KMS use a bucket key",
  why:
    "Without a bucket key every object read is a request to KMS, at $0.03 for 10,000 (us-east-1, AWS price list of " +
    "2025-08-28): an epoch over 10 million images costs $30 in keys alone, which is seven times its S3 requests. A bucket " +
    "key saves up to 99 % of it (Amazon S3 user guide, bucket-key.html).",
  fix: "Set bucketKeyEnabled in the bucket's encryption rule. Objects that are there already keep their own keys until they are copied.",
  docs: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html",
  config: {},
  types: Object.keys(RULES),

  check({ type, inputs }): readonly Finding[] {
    const at = RULES[type] ?? [];
    return elementsOf(valueAt(inputs, ...at)).flatMap((rule, index): Finding[] => {
      const algorithm =
        valueAt(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm") ??
        valueAt(rule, "serverSideEncryptionByDefault", "sseAlgorithm");
      const path = `${at.join(".")}[${index}].bucketKeyEnabled`;
      const enabled = valueAt(rule, "bucketKeyEnabled");
      if (enabled === true || (algorithm !== "aws:kms" && !isUnknown(algorithm))) return [];
      if (isUnknown(algorithm) || isUnknown(enabled))
        return [{ status: "unknown", path, message: "not known yet; it must be true with KMS" }];
      return [{ status: "fail", path, message: "not true, so every object asks KMS; it must be true with KMS" }];
    });
  },
};
