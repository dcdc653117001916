import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { RuleConfig, RuleResource, StackRuleContext } from "../../contracts/rule";
import { TagKey, Workload } from "../../contracts/tags";
import { listParameter } from "../typedParameter";
import type { Certainty } from "./certainty";
import { jsonValue } from "./jsonValue";
import { LAMBDA_FUNCTION_TYPES } from "./lambdaFunction";
import { tagValue } from "./tagValue";
import { elementsOf, valueAt } from "./valueAt";
import { withName } from "./withName";

/** Type tokens of roles. */
export const ROLE_TYPES = ["aws:iam/role:Role", "aws-native:iam:Role"] as const;

/** Workloads whose functions read and write data or models. */
const WORKLOADS: readonly string[] = Object.values(Workload);

/**
 * Whether a role is one of training or serving: SageMaker takes it, or Lambda does for a function that is tagged with a
 * workload of machine learning.
 */
export function servesWorkload(role: RuleResource, context: StackRuleContext): Certainty {
  const trust = valueAt(role.inputs, "assumeRolePolicy") ?? valueAt(role.inputs, "assumeRolePolicyDocument");
  const document = jsonValue(trust);
  const services = elementsOf(valueAt(document, "Statement")).flatMap((statement) =>
    elementsOf(valueAt(statement, "Principal", "Service")),
  );
  if (services.includes("sagemaker.amazonaws.com")) return "yes";
  const functions = context
    .dependentsOf(role, ["role"])
    .filter(({ type }) => LAMBDA_FUNCTION_TYPES.some((token) => token === type));
  const workloads = [role, ...functions].map(({ inputs }) => tagValue(inputs, TagKey.Workload));
  const tagged = workloads.some((value) => typeof value === "string" && WORKLOADS.includes(value));
  if (tagged && (services.includes("lambda.amazonaws.com") || functions.length > 0)) return "yes";
  return isUnknown(document) || services.some(isUnknown) ? "unknown" : "no";
}

/** The role of the stack that a policy is attached to: the one it depends on, or the one it names. */
export function roleOf(
  attachment: RuleResource,
  property: string,
  { dependenciesOf, ofTypes }: StackRuleContext,
): RuleResource | undefined {
  const [depended] = dependenciesOf(attachment, [property]).filter(({ type }) =>
    ROLE_TYPES.some((token) => token === type),
  );
  return depended ?? withName(ofTypes(ROLE_TYPES), roleNameOf, valueAt(attachment.inputs, property))[0];
}

function roleNameOf({ inputs }: RuleResource): GraphValue | undefined {
  return valueAt(inputs, "name") ?? valueAt(inputs, "roleName");
}

/** Whether an ARN is one of the managed policies that the configuration refuses, by their names. */
export function isRefusedManagedPolicy(arn: GraphValue | undefined, config: RuleConfig): boolean {
  return (
    typeof arn === "string" && listParameter(config, "managedPolicies").some((name) => arn.endsWith(`:policy/${name}`))
  );
}
