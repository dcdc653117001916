import type { GraphValue } from "../../contracts/graph";
import type { RuleResource, StackRuleContext } from "../../contracts/rule";
import { elementsOf, valueAt } from "./valueAt";
import { withName } from "./withName";

/** Type tokens of buckets. */
export const BUCKET_TYPES = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "aws-native:s3:Bucket"] as const;

const LIFECYCLE_TYPES = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];

const VERSIONING_TYPES = ["aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"];

/** The resources that configure a bucket, of the given types: those that depend on it, and those that name it. */
function configurersOf(bucket: RuleResource, types: readonly string[], { dependentsOf, ofTypes }: StackRuleContext) {
  const depending = dependentsOf(bucket, ["bucket"]).filter(({ type }) => types.includes(type));
  const naming = withName(ofTypes(types), bucketNameOf, bucketNameOf(bucket));
  return new Set([...depending, ...naming]);
}

function bucketNameOf({ inputs }: RuleResource): GraphValue | undefined {
  return valueAt(inputs, "bucket");
}

/** Every lifecycle rule of a bucket, its own and those of resources that configure it. */
export function lifecycleRulesOf(bucket: RuleResource, context: StackRuleContext): readonly GraphValue[] {
  return [
    ...elementsOf(valueAt(bucket.inputs, "lifecycleRules")),
    ...elementsOf(valueAt(bucket.inputs, "lifecycleConfiguration", "rules")),
    ...[...configurersOf(bucket, LIFECYCLE_TYPES, context)].flatMap(({ inputs }) =>
      elementsOf(valueAt(inputs, "rules")),
    ),
  ];
}

/** What says whether a bucket keeps versions: `Enabled`, true, another value, or unknown; none when nothing does. */
export function versioningOf(bucket: RuleResource, context: StackRuleContext): readonly GraphValue[] {
  return [
    valueAt(bucket.inputs, "versioning", "enabled"),
    valueAt(bucket.inputs, "versioningConfiguration", "status"),
    ...[...configurersOf(bucket, VERSIONING_TYPES, context)].map(({ inputs }) =>
      valueAt(inputs, "versioningConfiguration", "status"),
    ),
  ].filter((status) => status !== undefined);
}

/** Whether a lifecycle rule works: absent means yes where the provider says `enabled`, as it must be given elsewhere. */
export function isActive(rule: GraphValue): boolean {
  const status = valueAt(rule, "status") ?? valueAt(rule, "enabled");
  return status === "Enabled" || status === true;
}
