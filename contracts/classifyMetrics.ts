/** How a picture reaches the function that classifies: the dimension `Delivery` of its metrics, beside `FunctionName`. */
export const ClassifyDelivery = { Http: "classify-http", Stream: "classify-stream" } as const;
export type ClassifyDelivery = (typeof ClassifyDelivery)[keyof typeof ClassifyDelivery];

/**
 * Metrics of one picture, by name, with their units in CloudWatch's words; namespace and dimensions are those of reads
 * (`METRIC_NAMESPACE`, `MetricDimension`).
 */
export const CLASSIFY_METRICS = {
  /** 1. Its sum is the number of pictures that were asked about. */
  Count: "Count",
  /** Time from event to answer. */
  Milliseconds: "Milliseconds",
  /** 1 when the answer is an error, status 400 and above; otherwise 0. */
  Errors: "Count",
  /** 1 when the fault is not the caller's, status 500 and above; otherwise 0. */
  Faults: "Count",
} as const;

/** Name of a metric of a classified picture. */
export type ClassifyMetric = keyof typeof CLASSIFY_METRICS;
