import { CLASSIFY_METRICS, type ClassifyDelivery, type ClassifyMetric } from "../../contracts/classifyMetrics";
import { METRIC_NAMESPACE, MetricDimension } from "../../contracts/normalizeMetrics";

/** What CloudWatch extracts: the same for every line. */
const DIRECTIVES = [
  {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [Object.values(MetricDimension)],
    Metrics: Object.entries(CLASSIFY_METRICS).map(([Name, Unit]) => ({ Name, Unit })),
  },
];

/**
 * Fields that make a line of the log carry the metrics of a picture, in CloudWatch's embedded metric format
 * (AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * @param status HTTP status that was answered
 * @param ms time that the request took, in milliseconds
 * @param now milliseconds since 1970
 */
export function classifyMetrics(
  delivery: ClassifyDelivery,
  status: number,
  ms: number,
  now = Date.now(),
): Record<string, unknown> {
  const metrics: Record<ClassifyMetric, number> = {
    Count: 1,
    Milliseconds: ms,
    Errors: status >= 400 ? 1 : 0,
    Faults: status >= 500 ? 1 : 0,
  };
  return {
    ...metrics,
    [MetricDimension.FunctionName]: process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "unknown",
    [MetricDimension.Delivery]: delivery,
    _aws: { Timestamp: now, CloudWatchMetrics: DIRECTIVES },
  };
}
