import { CLASSIFY_METRICS, type ClassifyDelivery } from "../../contracts/classifyMetrics";
import { MetricDimension } from "../../contracts/normalizeMetrics";
import { metricLine } from "../lambda/metricLine";

const line = metricLine(CLASSIFY_METRICS, MetricDimension.Delivery);

/**
 * Fields that make a line of the log carry the metrics of a picture.
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
  const metrics = { Count: 1, Milliseconds: ms, Errors: status >= 400 ? 1 : 0, Faults: status >= 500 ? 1 : 0 };
  return line(metrics, { Delivery: delivery }, now);
}
