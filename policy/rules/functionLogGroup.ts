import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, Rule, RuleResource } from "../../contracts/rule";
import { LAMBDA_FUNCTION_TYPES } from "../subjects/lambdaFunction";
import { valueAt } from "../subjects/valueAt";
import { withName } from "../subjects/withName";

const LOG_GROUP_TYPES = [
  "aws:cloudwatch/logGroup:LogGroup",
  "aws-native:logs:LogGroup",
  "awscc:index/logsLogGroup:LogsLogGroup",
] as const;

/** Stands for a name that is not known yet; no log group may be called so. */
const NOT_KNOWN = "?";

function groupNameOf({ inputs }: RuleResource): GraphValue | undefined {
  const name = valueAt(inputs, "name") ?? valueAt(inputs, "logGroupName");
  return isUnknown(name) ? NOT_KNOWN : name;
}

/** A function writes to a log group of the stack's, which has a retention and goes with the stack. */
export const functionLogGroup: Rule = {
  id: "function-log-group",
  pack: "guardrails",
  severity: "low",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Lambda functions have a log group of the stack",
  why:
    "A function without a log group makes Lambda create one that never expires and outlives the stack: logs cost $0.03 " +
    "for each GB and month (us-east-1, AWS price list of 2025-09-23) long after the function is gone.",
  fix: "Declare a log group with a retention, and name it in loggingConfig.logGroup, or call it /aws/lambda/<function name>.",
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
  config: {},
  types: LAMBDA_FUNCTION_TYPES,
  check: () => [],

  checkInStack(resource, { dependentsOf, ofTypes }): readonly Finding[] {
    const { inputs } = resource;
    if (valueAt(inputs, "loggingConfig", "logGroup") !== undefined) return [];
    const path = "loggingConfig";
    const named = dependentsOf(resource).some(({ type }) => LOG_GROUP_TYPES.some((token) => token === type));
    const functionName = valueAt(inputs, "name") ?? valueAt(inputs, "functionName");
    const groups = ofTypes(LOG_GROUP_TYPES);
    const own = typeof functionName === "string" ? `/aws/lambda/${functionName}` : undefined;
    if (named || withName(groups, groupNameOf, own).length > 0) return [];
    if (isUnknown(functionName) || withName(groups, groupNameOf, NOT_KNOWN).length > 0) {
      return [
        {
          status: "unknown",
          path,
          message: "absent, and it is not known yet whether a log group bears the function's name",
        },
      ];
    }
    return [{ status: "fail", path, message: "absent, and no log group of this stack bears the function's name" }];
  },
};
