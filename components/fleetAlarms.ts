import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { FleetStartMetric } from "../contracts/fleetStart";
import { METRIC_NAMESPACE, MetricDimension } from "../contracts/normalizeMetrics";
import type { FunctionAlarmOptions } from "./functionAlarms";

/** Seconds over which metrics are looked at. */
const PERIOD_SECONDS = 300;

/** What alarms of a fleet watch. */
export interface WatchedFleet {
  readonly pipeline: aws.sagemaker.Pipeline;
  readonly startFunction: aws.lambda.Function;
}

/**
 * Alarms for a run that fails, for a run that is not started because the one before is not over or its data is not
 * complete, and for a start function that fails itself.
 */
export function fleetAlarms(
  name: string,
  { pipeline, startFunction }: WatchedFleet,
  { topics, tags }: FunctionAlarmOptions,
  parent: pulumi.Resource,
): void {
  const alarm = (
    part: string,
    alarmDescription: string,
    metric: Pick<aws.cloudwatch.MetricAlarmArgs, "namespace" | "metricName" | "dimensions">,
  ) =>
    new aws.cloudwatch.MetricAlarm(
      `${name}-${part}-alarm`,
      {
        alarmDescription,
        ...metric,
        statistic: "Sum",
        period: PERIOD_SECONDS,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        alarmActions: topics,
        tags,
      },
      { parent },
    );
  const skipped: FleetStartMetric = "RunsSkipped";
  // docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html, metrics of pipelines
  alarm("failed", `A training run of ${name} failed; callers go on with the models that they have.`, {
    namespace: "AWS/Sagemaker/ModelBuildingPipeline",
    metricName: "ExecutionFailed",
    dimensions: { PipelineName: pipeline.pipelineName },
  });
  alarm("skipped", `A training run of ${name} was not started: its log says why.`, {
    namespace: METRIC_NAMESPACE,
    metricName: skipped,
    dimensions: { [MetricDimension.FunctionName]: startFunction.name },
  });
  alarm("start-errors", `The start function of ${name} fails.`, {
    namespace: "AWS/Lambda",
    metricName: "Errors",
    dimensions: { FunctionName: startFunction.name },
  });
}
