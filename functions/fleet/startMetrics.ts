import { FLEET_START_METRICS, type FleetStartAnswer, type FleetStartMetric } from "../../contracts/fleetStart";
import { METRIC_NAMESPACE, MetricDimension } from "../../contracts/normalizeMetrics";

/** What CloudWatch extracts: the same for every line. */
const DIRECTIVES = [
  {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [[MetricDimension.FunctionName]],
    Metrics: Object.entries(FLEET_START_METRICS).map(([Name, Unit]) => ({ Name, Unit })),
  },
];

/**
 * Fields that make a line of the log carry the metrics of a call, in CloudWatch's embedded metric format
 * (AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * @param now milliseconds since 1970
 */
export function startMetrics({ started }: FleetStartAnswer, now = Date.now()): Record<string, unknown> {
  const metrics: Record<FleetStartMetric, number> = { RunsStarted: started ? 1 : 0, RunsSkipped: started ? 0 : 1 };
  return {
    ...metrics,
    [MetricDimension.FunctionName]: process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "unknown",
    _aws: { Timestamp: now, CloudWatchMetrics: DIRECTIVES },
  };
}
