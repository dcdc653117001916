import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CheckedAsyncEndpointArgs } from "./checkedAsyncEndpointArgs";
import { EndpointNamespace } from "./endpointAlarms";
import { scalableTarget, trackingPolicy } from "./endpointScaling";

/** Seconds between two looks at whether somebody waits for an instance: the shortest that an alarm takes at no extra charge. */
const WAITING_PERIOD_SECONDS = 60;

/** Looks in a row that must find somebody waiting, as AWS's example has it. */
const WAITING_PERIODS = 2;

/**
 * Scaling by what waits (docs.aws.amazon.com/sagemaker/latest/dg/async-inference-autoscale.html): instances follow the requests for each of them,
 * down to the least; and from none, where there is no request for each, the first request starts one.
 */
export function asyncScaling(
  name: string,
  { endpoint: checked, targetBacklog }: CheckedAsyncEndpointArgs,
  endpoint: aws.sagemaker.Endpoint,
  parent: pulumi.Resource,
): void {
  const { minInstances: least, maxInstances: most, scaleOutCooldownSeconds, scaleInCooldownSeconds, tags } = checked;
  if (least === most) return;
  const target = scalableTarget(name, endpoint, { least, most, tags }, parent);
  trackingPolicy(
    name,
    target,
    {
      customizedMetricSpecification: {
        namespace: EndpointNamespace.Invocations,
        metricName: "ApproximateBacklogSizePerInstance",
        dimensions: [{ name: "EndpointName", value: checked.endpointName }],
        statistic: "Average",
      },
      targetValue: targetBacklog,
      scaleInCooldown: scaleInCooldownSeconds,
      scaleOutCooldown: scaleOutCooldownSeconds,
    },
    parent,
  );
  if (least === 0) scalingFromNone(name, target, checked, parent);
}

function scalingFromNone(
  name: string,
  target: aws.appautoscaling.Target,
  { endpointName, scaleOutCooldownSeconds, tags }: CheckedAsyncEndpointArgs["endpoint"],
  parent: pulumi.Resource,
): void {
  const policy = new aws.appautoscaling.Policy(
    `${name}-first-instance-policy`,
    {
      policyType: "StepScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        metricAggregationType: "Average",
        cooldown: scaleOutCooldownSeconds,
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 1 }],
      },
    },
    { parent },
  );
  new aws.cloudwatch.MetricAlarm(
    `${name}-first-instance-alarm`,
    {
      alarmDescription: `Somebody waits for an answer of ${name}, which has no instance: starts one.`,
      namespace: EndpointNamespace.Invocations,
      metricName: "HasBacklogWithoutCapacity",
      dimensions: { EndpointName: endpointName },
      statistic: "Average",
      period: WAITING_PERIOD_SECONDS,
      evaluationPeriods: WAITING_PERIODS,
      datapointsToAlarm: WAITING_PERIODS,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "missing",
      alarmActions: [policy.arn],
      tags,
    },
    { parent },
  );
}
