/** Namespace in CloudWatch of the metrics that functions of this package embed in their logs. */
export const METRIC_NAMESPACE = "frugal-ml";

/**
 * Dimensions of the metrics: few values each, since every combination is a metric that is billed. What has many values,
 * such as keys and error codes, is a property of the log line, for Logs Insights.
 */
export const MetricDimension = {
  /** Name of the function; one function serves one access point unless it is shared. */
  FunctionName: "FunctionName",
  /** A `Delivery`. */
  Delivery: "Delivery",
} as const;

/** Metrics of a read, by name, with their units in CloudWatch's words. All are of one request. */
export const NORMALIZE_METRICS = {
  /** 1. Its sum is the number of requests. */
  Count: "Count",
  /** Bytes of the original that were read. */
  BytesIn: "Bytes",
  /** Bytes of the answer's body. */
  BytesOut: "Bytes",
  /** Time from event to the end of the answer. */
  Milliseconds: "Milliseconds",
  /** 1 when the answer is an error, status 400 and above; otherwise 0. */
  Errors: "Count",
  /** 1 when the fault is not the reader's, status 500 and above; otherwise 0. */
  Faults: "Count",
} as const;

/** Name of a metric of a read. */
export type NormalizeMetric = keyof typeof NORMALIZE_METRICS;
