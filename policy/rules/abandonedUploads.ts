import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { BUCKET_TYPES, isActive, lifecycleRulesOf } from "../subjects/bucket";
import { valueAt } from "../subjects/valueAt";

/** Where the providers say after how many days the parts of an unfinished upload go. */
const ABORTS = ["abortIncompleteMultipartUpload", "abortIncompleteMultipartUploadDays"] as const;

/** What an interrupted upload left behind goes. */
export const abandonedUploads: Rule = {
  id: "abandoned-uploads",
  pack: "guardrails",
  severity: "low",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Buckets remove the parts of abandoned uploads",
  why:
    "Every interrupted upload of a dataset or a model leaves its parts, which no listing shows and which are billed as " +
    "objects are: $0.023 for each GB and month (us-east-1, AWS price list of 2025-10-22). Spot training interrupts uploads " +
    "by its nature.",
  fix: "Add a lifecycle rule for the whole bucket with abortIncompleteMultipartUpload.daysAfterInitiation, for example 7.",
  docs: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
  config: {},
  types: BUCKET_TYPES,
  check: () => [],

  checkInStack(bucket, context): readonly Finding[] {
    const path = "lifecycleRules";
    const rules = lifecycleRulesOf(bucket, context);
    const aborts = (rule: (typeof rules)[number]) => ABORTS.some((name) => valueAt(rule, name) !== undefined);
    if (rules.some((rule) => !isUnknown(rule) && isActive(rule) && aborts(rule))) return [];
    const must = "one must abort incomplete multipart uploads";
    if (rules.some(isUnknown)) return [{ status: "unknown", path, message: `not known yet; ${must}` }];
    return [{ status: "fail", path, message: `no rule removes the parts of abandoned uploads; ${must}` }];
  },
};
