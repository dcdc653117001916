import { MetricDimension, NORMALIZE_METRICS } from "../../contracts/normalizeMetrics";
import { metricLine } from "../lambda/metricLine";
import type { Outcome } from "./outcome";

const line = metricLine(NORMALIZE_METRICS, MetricDimension.Delivery);

/**
 * Fields that make a line of the log carry the metrics of a request.
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
  const metrics = {
    Count: 1,
    BytesIn: bytesIn,
    BytesOut: bytesOut,
    Milliseconds: ms,
    Errors: status >= 400 ? 1 : 0,
    Faults: status >= 500 ? 1 : 0,
  };
  return line(metrics, { Delivery: delivery }, now);
}
