import { UNKNOWN } from "../../../contracts/graph";
import { imageLifecycle } from "../../../policy/rules/imageLifecycle";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const repository = declared("aws:ecr/repository:Repository", "r", { name: "forecast" });
const policy = (name: string | typeof UNKNOWN, on: readonly string[] = []) =>
  declared(
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    "p",
    { repository: name },
    { dependencies: on, propertyDependencies: { repository: on } },
  );

testRule(imageLifecycle, [
  ["a policy by name passes", [repository, policy("forecast")], []],
  ["a policy by dependency passes", [repository, policy(UNKNOWN, [repository.urn])], []],
  ["none fails", repository, ["fail "]],
  ["another repository's fails", [repository, policy("other")], ["fail "]],
  ["a policy of an unknown repository cannot be told", [repository, policy(UNKNOWN)], ["unknown "]],
  [
    "aws-native's own passes",
    declared("aws-native:ecr:Repository", "r", { lifecyclePolicy: { lifecyclePolicyText: "{}" } }),
    [],
  ],
]);
