import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What is watched, and who is notified. */
export interface FailedRunAlarmOptions {
  readonly pipeline: aws.sagemaker.Pipeline;
  readonly description: string;
  readonly topics: pulumi.Input<string>[];
  readonly tags: Record<string, string>;
}

/** The alarm for runs of a pipeline that fail (docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html, metrics of pipelines). */
export function failedRunAlarm(
  name: string,
  { pipeline, description, topics, tags }: FailedRunAlarmOptions,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    `${name}-failed-alarm`,
    {
      alarmDescription: description,
      namespace: "AWS/Sagemaker/ModelBuildingPipeline",
      metricName: "ExecutionFailed",
      dimensions: { PipelineName: pipeline.pipelineName },
      statistic: "Sum",
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
