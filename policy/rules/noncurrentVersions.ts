import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { BUCKET_TYPES, isActive, lifecycleRulesOf, versioningOf } from "../subjects/bucket";
import { valueAt } from "../subjects/valueAt";

/** Where the providers say when an earlier version goes. */
const EXPIRATIONS = ["noncurrentVersionExpiration", "noncurrentVersionExpirationInDays"] as const;

/** Versions that nobody reads any more go. */
export const noncurrentVersions: Rule = {
  id: "noncurrent-versions",
  pack: "guardrails",
  severity: "low",
  // Some buckets keep every version on purpose, as those of originals may.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Versioned buckets let earlier versions expire",
  why:
    "In a versioned bucket nothing is ever deleted, and every version is billed in full: 100 GB of features that are " +
    "written anew each night are $840 a month after a year ($0.023 for each GB and month, us-east-1, AWS price list of " +
    "2025-10-22), of which $2.30 are of use.",
  fix: "Add a lifecycle rule with noncurrentVersionExpiration.noncurrentDays: the days in which a mistake is noticed.",
  docs: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html",
  config: {},
  types: BUCKET_TYPES,
  check: () => [],

  checkInStack(bucket, context): readonly Finding[] {
    const path = "lifecycleRules";
    const versioning = versioningOf(bucket, context);
    const kept = versioning.some((status) => status === true || status === "Enabled");
    if (!kept && !versioning.some(isUnknown)) return [];
    const rules = lifecycleRulesOf(bucket, context);
    const expires = (rule: (typeof rules)[number]) => EXPIRATIONS.some((name) => valueAt(rule, name) !== undefined);
    if (rules.some((rule) => !isUnknown(rule) && isActive(rule) && expires(rule))) return [];
    const must = "one must let noncurrent versions expire";
    if (!kept || rules.some(isUnknown)) return [{ status: "unknown", path, message: `not known yet; ${must}` }];
    return [{ status: "fail", path, message: `every version is kept for ever; ${must}` }];
  },
};
