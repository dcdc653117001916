import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What is watched, and who is notified. */
export interface PipelineAlarmOptions {
  readonly topics: pulumi.Input<string>[];
  readonly tags: Record<string, string>;
}

/** A metric of which one is too many. */
type Metric = Pick<aws.cloudwatch.MetricAlarmArgs, "namespace" | "metricName" | "dimensions" | "statistic">;

/** The alarm for runs of a pipeline that fail (docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html, metrics of pipelines). */
export function failedRunAlarm(
  name: string,
  pipeline: aws.sagemaker.Pipeline,
  options: PipelineAlarmOptions,
  parent: pulumi.Resource,
): void {
  const metric = {
    namespace: "AWS/Sagemaker/ModelBuildingPipeline",
    metricName: "ExecutionFailed",
    dimensions: { PipelineName: pipeline.pipelineName },
    statistic: "Sum",
  };
  oneIsTooMany(`${name}-failed-alarm`, `A run of ${name} failed; its answers are missing.`, metric, options, parent);
}

/** The alarm for runs that the scheduler could not start. */
export function missedRunAlarm(
  name: string,
  missedRuns: aws.sqs.Queue,
  options: PipelineAlarmOptions,
  parent: pulumi.Resource,
): void {
  const metric = {
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: missedRuns.name },
    statistic: "Maximum",
  };
  const description = `A run of ${name} could not be started; ${name}-missed-runs has what it was to be given.`;
  oneIsTooMany(`${name}-missed-alarm`, description, metric, options, parent);
}

function oneIsTooMany(
  name: string,
  alarmDescription: string,
  metric: Metric,
  { topics, tags }: PipelineAlarmOptions,
  parent: pulumi.Resource,
): void {
  new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription,
      ...metric,
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: topics,
      tags,
    },
    { parent },
  );
}
