import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule, RuleResource } from "../../contracts/rule";
import { valueAt } from "../subjects/valueAt";
import { withName } from "../subjects/withName";

const POLICY_TYPES: readonly string[] = ["aws:ecr/lifecyclePolicy:LifecyclePolicy"];

const repositoryOf = ({ inputs }: RuleResource) => valueAt(inputs, "repository");

/** Images that nothing runs any more go. */
export const imageLifecycle: Rule = {
  id: "image-lifecycle",
  pack: "guardrails",
  severity: "low",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Image repositories let old images expire",
  why:
    "Images of machine learning are large: ten pushes a week of 8 GB are 4 TB after a year, $416 a month ($0.10 for each GB " +
    "and month, us-east-1, AWS price list of 2025-06-05), of which one image runs.",
  fix: "Add an aws.ecr.LifecyclePolicy that keeps the newest images, for example ten.",
  docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
  config: {},
  types: ["aws:ecr/repository:Repository", "aws-native:ecr:Repository"],
  check: () => [],

  checkInStack(repository, { dependenciesOf, dependentsOf, ofTypes }): readonly Finding[] {
    if (valueAt(repository.inputs, "lifecyclePolicy") !== undefined) return [];
    const policies = ofTypes(POLICY_TYPES);
    const has =
      dependentsOf(repository, ["repository"]).some(({ type }) => POLICY_TYPES.includes(type)) ||
      withName(policies, repositoryOf, valueAt(repository.inputs, "name")).length > 0;
    if (has) return [];
    const strays = policies.filter(
      (policy) =>
        isUnknown(valueAt(policy.inputs, "repository")) && dependenciesOf(policy, ["repository"]).length === 0,
    );
    const message = "no lifecycle policy, so every image is kept for ever";
    return strays.length > 0
      ? [
          {
            status: "unknown",
            path: "",
            message: `a policy's repository is not known yet; without it there is ${message}`,
          },
        ]
      : [{ status: "fail", path: "", message }];
  },
};
