import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { environmentParameters, inEnvironment } from "../subjects/environment";
import { valueAt } from "../subjects/valueAt";

/** What lets a resource be destroyed with everything in it, by its type. */
const DESTROYERS: Readonly<Record<string, { readonly at: readonly string[]; readonly value: GraphValue }>> = {
  "aws:s3/bucket:Bucket": { at: ["forceDestroy"], value: true },
  "aws:s3/bucketV2:BucketV2": { at: ["forceDestroy"], value: true },
  "aws:ecr/repository:Repository": { at: ["forceDelete"], value: true },
  "aws:sagemaker/domain:Domain": { at: ["retentionPolicy", "homeEfsFileSystem"], value: "Delete" },
  "aws-native:ecr:Repository": { at: ["emptyOnDelete"], value: true },
};

/** Data of production does not go with the resource that holds it. */
export const deletionProtection: Rule = {
  id: "deletion-protection",
  pack: "guardrails",
  severity: "critical",
  enforcement: "mandatory",
  // Data that is lost cannot be had again: what is not known is refused.
  onUnknown: "fail",
  title: "Data of production is not destroyed with its resource",
  why:
    "With forceDestroy one `pulumi destroy`, one renamed resource or one replaced bucket deletes the dataset and every " +
    "model in it, all versions too. Training them again costs what it cost before; data that customers gave is gone.",
  fix:
    "In production leave forceDestroy of buckets and forceDelete of repositories false, retain a Studio domain's home " +
    "directories, and protect the resources in Pulumi besides, which a policy cannot see as an input.",
  docs: "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/",
  config: environmentParameters(["prod", "production"]),
  types: Object.keys(DESTROYERS),
  check: () => [],

  checkInStack(resource, { config, providerOf }): readonly Finding[] {
    const { at = [], value: bad } = DESTROYERS[resource.type] ?? {};
    const path = at.join(".");
    const value = valueAt(resource.inputs, ...at);
    const standing = inEnvironment(resource, config, providerOf(resource));
    if (standing === "no" || (value !== bad && !isUnknown(value))) return [];
    const must = `it must not be ${String(bad)} in production`;
    if (isUnknown(value)) return [{ status: "unknown", path, message: `not known yet; ${must}` }];
    if (standing === "yes") return [{ status: "fail", path, message: `lets data be destroyed; ${must}` }];
    return [{ status: "unknown", path, message: `the environment is not known yet; ${must}` }];
  },
};
