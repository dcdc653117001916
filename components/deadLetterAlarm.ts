import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Seconds over which the queue is looked at; SQS reports each minute. */
const PERIOD_SECONDS = 300;

/** What the alarm needs to know. */
export interface DeadLetterAlarmOptions {
  /** ARNs of SNS topics to notify. */
  readonly topics: pulumi.Input<string>[];
  /** What the alarm says. Defaults to what it means for derived objects. */
  readonly description?: string;
  readonly tags: Record<string, string>;
}

/** An alarm for the first message among the dead letters: for one, an original whose derived object is missing or wrong. */
export function deadLetterAlarm(
  name: string,
  deadLetters: aws.sqs.Queue,
  options: DeadLetterAlarmOptions,
  parent: pulumi.Resource,
): void {
  new aws.cloudwatch.MetricAlarm(
    `${name}-dead-letters-alarm`,
    {
      alarmDescription:
        options.description ??
        `Changes of originals of ${name} could not be followed; their messages are in the dead letters.`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: deadLetters.name },
      statistic: "Maximum",
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
