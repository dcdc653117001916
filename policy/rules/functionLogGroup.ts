import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { LAMBDA_FUNCTION_TYPES } from "../subjects/lambdaFunction";
import { valueAt } from "../subjects/valueAt";

const LOG_GROUP_TYPES = ["aws:cloudwatch/logGroup:LogGroup", "aws-native:logs:LogGroup"] as const;

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
    const groups = ofTypes(LOG_GROUP_TYPES).map(
      (group) => valueAt(group.inputs, "name") ?? valueAt(group.inputs, "logGroupName"),
    );
    if (named || (typeof functionName === "string" && groups.includes(`/aws/lambda/${functionName}`))) return [];
    if (isUnknown(functionName) || groups.some(isUnknown)) {
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
