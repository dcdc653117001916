import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedServedArgs } from "./checkedServedArgs";
import { VARIANT, variantPart } from "./hostedVariant";

/** Seconds over which metrics are looked at. */
export const ALARM_PERIOD_SECONDS = 300;

/**
 * Namespaces of an endpoint's metrics (docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html): what callers
 * see, and what the instances report.
 */
export const EndpointNamespace = { Invocations: "AWS/SageMaker", Instances: "/aws/sagemaker/Endpoints" } as const;

/** One alarm of an endpoint, besides what all of them share. */
export type EndpointAlarm = Pick<
  aws.cloudwatch.MetricAlarmArgs,
  "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "metricQueries" | "threshold"
> & {
  readonly part: string;
  readonly description: string;
  /** Which side of the threshold is wrong. Defaults to above. */
  readonly below?: boolean;
};

/** Who is notified, and by which tags alarms are found. */
export interface EndpointAlarmOptions {
  readonly topics: pulumi.Input<string>[];
  readonly tags: Record<string, string>;
}

/** Makes alarms of an endpoint. What has no data is quiet: a metric of a rare event is absent most of the time. */
export function makeEndpointAlarms(
  name: string,
  alarms: readonly EndpointAlarm[],
  { topics, tags }: EndpointAlarmOptions,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm[] {
  return alarms.map(
    ({ part, description, below = false, ...metric }) =>
      new aws.cloudwatch.MetricAlarm(
        `${name}-${part}-alarm`,
        {
          alarmDescription: description,
          comparisonOperator: below ? "LessThanThreshold" : "GreaterThanThreshold",
          evaluationPeriods: 1,
          ...(metric.metricQueries === undefined && { period: ALARM_PERIOD_SECONDS }),
          ...metric,
          treatMissingData: "notBreaching",
          alarmActions: topics,
          tags,
        },
        { parent },
      ),
  );
}

/** What of an endpoint's arguments its alarms depend on. */
export type WatchedEndpoint = Pick<CheckedServedArgs, "endpointName" | "alarmThresholds">;

/** Dimensions of an endpoint's metrics. */
export function endpointDimensions(
  { endpointName }: Pick<WatchedEndpoint, "endpointName">,
  variant = VARIANT,
): Record<string, string> {
  return { EndpointName: endpointName, VariantName: variant };
}

/** The share of failures among what was asked, by the metrics that count them. */
export function errorsAlarm(
  description: string,
  dimensions: Record<string, string>,
  [failed, asked]: readonly [string, string],
  threshold: pulumi.Input<number>,
): EndpointAlarm {
  const sum = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: EndpointNamespace.Invocations,
      metricName,
      dimensions,
      stat: "Sum",
      period: ALARM_PERIOD_SECONDS,
    },
  });
  return {
    part: "errors",
    description,
    metricQueries: [
      {
        id: "rate",
        label: "Failed invocations (%)",
        expression: "100 * FILL(errors, 0) / invocations",
        returnData: true,
      },
      sum("errors", failed),
      sum("invocations", asked),
    ],
    threshold,
  };
}

/** Alarms that undo an update: the share of failures, and the slowest hundredth of the answers. */
export function servingAlarms(name: string, checked: WatchedEndpoint, variant = VARIANT): readonly EndpointAlarm[] {
  const { errorPercent, latencyMs } = checked.alarmThresholds;
  const dimensions = endpointDimensions(checked, variant);
  const watched = variantPart(name, variant);
  return [
    errorsAlarm(
      `Of the invocations of ${watched}, too many fail through no fault of the caller.`,
      dimensions,
      ["Invocation5XXErrors", "Invocations"],
      errorPercent,
    ),
    {
      part: "latency",
      description: `The slowest hundredth of the answers of ${watched} takes too long in the container.`,
      namespace: EndpointNamespace.Invocations,
      metricName: "ModelLatency",
      dimensions,
      extendedStatistic: "p99",
      // The metric is in microseconds.
      threshold: pulumi.output(latencyMs).apply((milliseconds) => milliseconds * 1000),
    },
  ];
}

/** The alarm for containers that run out of memory. */
export function memoryAlarm(name: string, checked: WatchedEndpoint, variant = VARIANT): EndpointAlarm {
  return {
    part: "memory",
    description: `The instances of ${variantPart(name, variant)} run out of memory.`,
    namespace: EndpointNamespace.Instances,
    metricName: "MemoryUtilization",
    dimensions: endpointDimensions(checked, variant),
    statistic: "Maximum",
    threshold: checked.alarmThresholds.memoryPercent,
  };
}
