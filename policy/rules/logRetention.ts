import { isUnknown } from "../../contracts/graph";
import type { Rule } from "../../contracts/rule";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { boundedNumber } from "../subjects/boundedNumber";
import { boundProblems } from "../subjects/boundProblems";
import { valueAt } from "../subjects/valueAt";
import { numberParameter } from "../typedParameter";

/** Logs are kept for a stated time. */
export const logRetention: Rule = {
  id: "log-retention",
  pack: "guardrails",
  severity: "medium",
  // Some logs are kept for ever on purpose, as those of audits are.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Log groups keep logs for a stated time",
  why:
    "Without a retention CloudWatch Logs keeps everything for ever, at $0.03 for each archived GB and month (us-east-1, " +
    "AWS price list of 2025-09-23): of 10 archived GB a day, the first year's alone cost $1,314 in the second year, and " +
    "in every year after it.",
  fix: "Set retentionInDays to the number of days in which anyone still reads the logs, for example 30.",
  docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  config: {
    maxDays: {
      type: "number",
      description: "Longest retention, in days.",
      default: Math.max(...SERVICE_LIMITS.logs.retentionDays),
    },
  },
  types: ["aws:cloudwatch/logGroup:LogGroup", "aws-native:logs:LogGroup", "awscc:index/logsLogGroup:LogsLogGroup"],
  configProblems: (config) => boundProblems(config, { maxDays: 1 }),

  check({ inputs }, { config }) {
    // The class DELIVERY has a retention of its own, which cannot be set.
    const logGroupClass = valueAt(inputs, "logGroupClass");
    if (logGroupClass === "DELIVERY" || isUnknown(logGroupClass)) return [];
    const days = valueAt(inputs, "retentionInDays");
    return boundedNumber("retentionInDays", days === 0 ? undefined : days, {
      min: 1,
      max: numberParameter(config, "maxDays"),
      unit: "days",
      absent: "absent or 0, so logs are kept for ever",
    });
  },
};
