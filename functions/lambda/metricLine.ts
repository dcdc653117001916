import { METRIC_NAMESPACE, MetricDimension } from "../../contracts/normalizeMetrics";

/**
 * Makes the fields by which a line of the log carries metrics in CloudWatch's embedded metric format
 * (AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html). They stand in the line that
 * is logged anyway: a metrics library would write a second one, and takes its time to load. A log level above the
 * line's therefore drops its metrics too.
 * @param units units of the metrics by name, in CloudWatch's words
 * @param dimensions names of the dimensions beside the function's name
 * @returns fields of a line, of its values, its dimensions and the milliseconds since 1970
 */
export function metricLine<Metric extends string, Dimension extends string = never>(
  units: Readonly<Record<Metric, string>>,
  ...dimensions: readonly Dimension[]
): (
  values: Readonly<Record<Metric, number>>,
  of: Readonly<Record<Dimension, string>>,
  now: number,
) => Record<string, unknown> {
  // The same for every line.
  const CloudWatchMetrics = [
    {
      Namespace: METRIC_NAMESPACE,
      Dimensions: [[MetricDimension.FunctionName, ...dimensions]],
      Metrics: Object.entries(units).map(([Name, Unit]) => ({ Name, Unit })),
    },
  ];
  return (values, of, now) => ({
    ...values,
    [MetricDimension.FunctionName]: process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "unknown",
    ...of,
    _aws: { Timestamp: now, CloudWatchMetrics },
  });
}
