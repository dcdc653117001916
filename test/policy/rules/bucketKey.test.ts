import { type GraphValue, UNKNOWN } from "../../../contracts/graph";
import { bucketKey } from "../../../policy/rules/bucketKey";
import { bucket } from "../buckets";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const rule = (sseAlgorithm: GraphValue, bucketKeyEnabled: GraphValue) => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm },
  bucketKeyEnabled,
});
const encryption = (algorithm: GraphValue, enabled: GraphValue) =>
  declared("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "e", {
    rules: [rule(algorithm, enabled)],
  });
const path = "rules[0].bucketKeyEnabled";

testRule(bucketKey, [
  ["a bucket key passes", encryption("aws:kms", true), []],
  ["none fails with KMS", encryption("aws:kms", null), [`fail ${path}`]],
  ["none passes with S3's own key", encryption("AES256", null), []],
  ["none passes with two layers, which take none", encryption("aws:kms:dsse", null), []],
  ["unknown cannot be told", encryption("aws:kms", UNKNOWN), [`unknown ${path}`]],
  ["an unknown algorithm cannot be told", encryption(UNKNOWN, false), [`unknown ${path}`]],
  [
    "a bucket's own rule fails",
    bucket({ serverSideEncryptionConfiguration: { rule: rule("aws:kms", false) } }),
    ["fail serverSideEncryptionConfiguration.rule[0].bucketKeyEnabled"],
  ],
]);
