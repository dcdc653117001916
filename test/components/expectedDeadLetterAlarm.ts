import { type Expected, tagsOf } from "./expectedResources";

/**
 * The alarm for the first message among the dead letters.
 * @param failure what could not be done with messages that are there, as its description says
 */
export function expectedDeadLetterAlarm(
  name: string,
  failure: string,
  alarmActions: readonly string[],
  tags: Readonly<Record<string, string>> = tagsOf(name),
): Expected {
  return {
    [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-dead-letters-alarm`]: {
      alarmDescription: `${failure}; their messages are in the dead letters.`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: `${name}-dead-letters` },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions,
      tags,
    },
  };
}
