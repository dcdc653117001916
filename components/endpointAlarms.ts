import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedEndpointArgs } from "./checkedEndpointArgs";
import { VARIANT } from "./hostedEndpoint";

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

/** Dimensions of an endpoint's metrics. */
export function endpointDimensions({ endpointName }: CheckedEndpointArgs): Record<string, string> {
  return { EndpointName: endpointName, VariantName: VARIANT };
}

/** Alarms that undo an update: the share of failures, and the slowest hundredth of the answers. */
export function servingAlarms(name: string, checked: CheckedEndpointArgs): readonly EndpointAlarm[] {
  const { errorPercent, latencyMs } = checked.alarmThresholds;
  const dimensions = endpointDimensions(checked);
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
  return [
    {
      part: "errors",
      description: `Of the invocations of ${name}, too many fail through no fault of the caller.`,
      metricQueries: [
        {
          id: "rate",
          label: "Failed invocations (%)",
          expression: "100 * FILL(errors, 0) / invocations",
          returnData: true,
        },
        sum("errors", "Invocation5XXErrors"),
        sum("invocations", "Invocations"),
      ],
      threshold: errorPercent,
    },
    {
      part: "latency",
      description: `The slowest hundredth of the answers of ${name} takes too long in the container.`,
      namespace: EndpointNamespace.Invocations,
      metricName: "ModelLatency",
      dimensions,
      extendedStatistic: "p99",
      // The metric is in microseconds.
      threshold: pulumi.output(latencyMs).apply((milliseconds) => milliseconds * 1000),
    },
  ];
}

/** The alarm for instances that run out of memory. */
export function memoryAlarm(name: string, checked: CheckedEndpointArgs): EndpointAlarm {
  return {
    part: "memory",
    description: `The instances of ${name} run out of memory.`,
    namespace: EndpointNamespace.Instances,
    metricName: "MemoryUtilization",
    dimensions: endpointDimensions(checked),
    statistic: "Maximum",
    threshold: checked.alarmThresholds.memoryPercent,
  };
}
