import {
  METRIC_NAMESPACE,
  MetricDimension,
  NORMALIZE_METRICS,
  type NormalizeMetric,
} from "../../contracts/normalizeMetrics";
import type { Outcome } from "./outcome";

/** What CloudWatch extracts: the same for every line. */
const DIRECTIVES = [
  {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [Object.values(MetricDimension)],
    Metrics: Object.entries(NORMALIZE_METRICS).map(([Name, Unit]) => ({ Name, Unit })),
  },
];

/**
 * Fields that make a line of the log carry the metrics of a request, in CloudWatch's embedded metric format
 * (AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html). They stand in the line that
 * is logged anyway: a metrics library would write a second one, and takes its time to load. A log level above the
 * line's therefore drops its metrics too.
 * @param delivery a `Delivery`
 * @param ms time that the request took, in milliseconds
 * @param now milliseconds since 1970
 */
export function embeddedMetrics(
  delivery: string,
  { status, bytesIn = 0, bytesOut = 0 }: Outcome,
  ms: number,
  now = Date.now(),
): Record<string, unknown> {
  const metrics: Record<NormalizeMetric, number> = {
    Count: 1,
    BytesIn: bytesIn,
    BytesOut: bytesOut,
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
