import { deepEqual, equal } from "node:assert/strict";
import type { ResourceGraph } from "../../contracts/graph";

/** Types that a new image or a new model replaces, which must not wait for somebody to lift protection. */
const REPLACED = ["aws:sagemaker/endpointConfiguration:EndpointConfiguration", "aws:sagemaker/model:Model"];

/** Objects whose keys name what is in them, so that other bytes are another object. */
const NAMED_BY_CONTENT = /\/[0-9a-f]{64}\//;

/** Types that go with what they hold, or that callers are told of. */
const KEPT = [
  "aws:ecr/repository:Repository",
  "aws:s3/bucket:Bucket",
  "aws:sagemaker/endpoint:Endpoint",
  "aws:sqs/queue:Queue",
];

/** Protection is of what holds data or is called, and not of what a new image or model replaces. */
export function assertProtection({ resources }: ResourceGraph): void {
  const ofTypes = (types: readonly string[]) => resources.filter(({ type }) => types.includes(type));
  const uploaded = resources.filter(
    ({ type, inputs }) => type.startsWith("aws:s3/bucketObject") && NAMED_BY_CONTENT.test(String(inputs["key"])),
  );
  const protection = (given: typeof resources) => given.map(({ options }) => options.protect === true);
  for (const types of [KEPT, REPLACED]) deepEqual(new Set(ofTypes(types).map(({ type }) => type)), new Set(types));
  equal(uploaded.length, 4, "model, labels and default picture of the classifier, archive of the newcomers' model");
  deepEqual([...new Set(protection(ofTypes(KEPT)))], [true]);
  deepEqual([...new Set(protection([...ofTypes(REPLACED), ...uploaded]))], [false]);
}
