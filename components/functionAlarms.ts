import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Seconds over which a metric is summed. */
const PERIOD_SECONDS = 300;

/** What alarms of a function need to know. */
export interface FunctionAlarmOptions {
  /** ARNs of SNS topics to notify. */
  readonly topics: pulumi.Input<string>[];
  readonly tags: Record<string, string>;
}

/** Alarms for a function's crashes and for its throttles: one of either within five minutes. */
export function functionAlarms(
  name: string,
  lambda: aws.lambda.Function,
  options: FunctionAlarmOptions,
  parent: pulumi.Resource,
): void {
  for (const metricName of ["Errors", "Throttles"]) {
    new aws.cloudwatch.MetricAlarm(
      `${name}-${metricName.toLowerCase()}-alarm`,
      {
        alarmDescription: `The function of ${name} reports ${metricName.toLowerCase()}.`,
        namespace: "AWS/Lambda",
        metricName,
        dimensions: { FunctionName: lambda.name },
        statistic: "Sum",
        period: PERIOD_SECONDS,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        alarmActions: options.topics,
        tags: options.tags,
      },
      { parent },
    );
  }
}
