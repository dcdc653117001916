import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { METRIC_NAMESPACE, MetricDimension, type NormalizeMetric } from "../contracts/normalizeMetrics";

/** Seconds over which metrics are looked at. */
const PERIOD_SECONDS = 300;

/** What every alarm needs to know. */
export interface FunctionAlarmOptions {
  /** ARNs of SNS topics to notify. */
  readonly topics: pulumi.Input<string>[];
  readonly tags: Record<string, string>;
}

/** What alarms of a function watch, and from where on. */
export interface WatchedFunction {
  readonly lambda: aws.lambda.Function;
  /** Deliveries that the function answers. */
  readonly deliveries: readonly string[];
  /** Timeout of the function in seconds. */
  readonly timeout: pulumi.Input<number>;
  /** Share of requests in percent that may fail. */
  readonly errorPercent: pulumi.Input<number>;
  /** Share of the timeout in percent that the slowest hundredth of the executions may take. */
  readonly durationPercent: pulumi.Input<number>;
}

/** Alarms for a function's share of failures, for its slowest executions and for its throttles, each over five minutes. */
export function functionAlarms(
  name: string,
  { lambda, deliveries, timeout, errorPercent, durationPercent }: WatchedFunction,
  options: FunctionAlarmOptions,
  parent: pulumi.Resource,
): void {
  const alarm = (part: string, description: string, args: Omit<aws.cloudwatch.MetricAlarmArgs, "evaluationPeriods">) =>
    new aws.cloudwatch.MetricAlarm(
      `${name}-${part}-alarm`,
      {
        alarmDescription: description,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        alarmActions: options.topics,
        tags: options.tags,
        ...args,
      },
      { parent },
    );
  const ofLambda = {
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: lambda.name },
    period: PERIOD_SECONDS,
  };
  alarm("errors", `Of the requests to ${name}, too many fail through no fault of the reader.`, {
    metricQueries: failureRate(lambda.name, deliveries),
    threshold: errorPercent,
    comparisonOperator: "GreaterThanThreshold",
  });
  alarm("throttles", `The function of ${name} reports throttles.`, {
    ...ofLambda,
    metricName: "Throttles",
    statistic: "Sum",
    threshold: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
  });
  alarm("duration", `The slowest hundredth of the executions of ${name} comes near its timeout.`, {
    ...ofLambda,
    metricName: "Duration",
    extendedStatistic: "p99",
    // Seconds times percent, in milliseconds.
    threshold: pulumi.all([timeout, durationPercent]).apply(([seconds, percent]) => seconds * percent * 10),
    comparisonOperator: "GreaterThanThreshold",
  });
}

/**
 * Failed requests in percent: those that the function answered with status 500 or above, and those that it did not
 * live to answer. Lambda alone counts the latter only.
 */
function failureRate(
  functionName: pulumi.Input<string>,
  deliveries: readonly string[],
): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
  const sum = (
    id: string,
    namespace: string,
    metricName: string,
    dimensions: Record<string, pulumi.Input<string>>,
  ) => ({
    id,
    metric: { namespace, metricName, dimensions, stat: "Sum", period: PERIOD_SECONDS },
  });
  const ofDeliveries = (metric: NormalizeMetric, id: string) =>
    deliveries.map((delivery, index) =>
      sum(`${id}${index}`, METRIC_NAMESPACE, metric, {
        [MetricDimension.FunctionName]: functionName,
        [MetricDimension.Delivery]: delivery,
      }),
    );
  // A delivery that nobody used in a period has no data in it.
  const total = (id: string) => deliveries.map((_, index) => `FILL(${id}${index}, 0)`).join(" + ");
  return [
    {
      id: "rate",
      label: "Failed requests (%)",
      expression: `100 * (crashes + ${total("faults")}) / (crashes + ${total("requests")})`,
      returnData: true,
    },
    sum("crashes", "AWS/Lambda", "Errors", { FunctionName: functionName }),
    ...ofDeliveries("Faults", "faults"),
    ...ofDeliveries("Count", "requests"),
  ];
}
