import { type Expected, tagsOf } from "./expectedResources";

/** How alarms differ from the default. */
export interface ExpectedAlarms {
  readonly deliveries?: readonly string[];
  readonly errorPercent?: number;
  readonly durationMs?: number;
}

/** The alarms of a function. */
export function expectedAlarms(name: string, alarmActions: readonly string[], expected: ExpectedAlarms = {}): Expected {
  const { deliveries = ["function-url"], errorPercent = 1, durationMs = 24_000 } = expected;
  const FunctionName = `${name}-function`;
  const common = { evaluationPeriods: 1, treatMissingData: "notBreaching", alarmActions, tags: tagsOf(name) };
  const ofLambda = { namespace: "AWS/Lambda", dimensions: { FunctionName }, period: 300 };
  const sum = (id: string, namespace: string, metricName: string, dimensions: object) => ({
    id,
    metric: { namespace, metricName, dimensions, stat: "Sum", period: 300 },
  });
  const embedded = (id: string, metricName: string) =>
    deliveries.map((Delivery, index) => sum(`${id}${index}`, "frugal-ml", metricName, { FunctionName, Delivery }));
  const expression =
    deliveries.length === 1
      ? "100 * (crashes + FILL(faults0, 0)) / (crashes + FILL(requests0, 0))"
      : "100 * (crashes + FILL(faults0, 0) + FILL(faults1, 0)) / (crashes + FILL(requests0, 0) + FILL(requests1, 0))";
  return {
    [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-errors-alarm`]: {
      ...common,
      alarmDescription: `Of the requests to ${name}, too many fail through no fault of the reader.`,
      metricQueries: [
        { id: "rate", label: "Failed requests (%)", expression, returnData: true },
        sum("crashes", "AWS/Lambda", "Errors", { FunctionName }),
        ...embedded("faults", "Faults"),
        ...embedded("requests", "Count"),
      ],
      threshold: errorPercent,
      comparisonOperator: "GreaterThanThreshold",
    },
    [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-throttles-alarm`]: {
      ...common,
      ...ofLambda,
      alarmDescription: `The function of ${name} reports throttles.`,
      metricName: "Throttles",
      statistic: "Sum",
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
    },
    [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-duration-alarm`]: {
      ...common,
      ...ofLambda,
      alarmDescription: `The slowest hundredth of the executions of ${name} comes near its timeout.`,
      metricName: "Duration",
      extendedStatistic: "p99",
      threshold: durationMs,
      comparisonOperator: "GreaterThanThreshold",
    },
  };
}

/** The dashboard of a function of 512 MB. */
export function expectedDashboard(name: string, deliveries: readonly string[]): Expected {
  const region = "us-east-1";
  const lambda = `${name}-function`;
  const ofLambda = (metric: string, stat: string, rest: object = {}) => [
    "AWS/Lambda",
    metric,
    "FunctionName",
    lambda,
    { stat, label: metric, ...rest },
  ];
  const embedded = (metric: string, stat: string, suffix = "") =>
    deliveries.map((delivery) => [
      "frugal-ml",
      metric,
      "FunctionName",
      lambda,
      "Delivery",
      delivery,
      { stat, label: `${delivery}${suffix}` },
    ]);
  const graph = (x: number, y: number, title: string, ...metrics: readonly unknown[]) => ({
    type: "metric",
    properties: { title, metrics, view: "timeSeries", period: 300, region },
    width: 8,
    height: 6,
    x,
    y,
  });
  return {
    [`aws:cloudwatch/dashboard:Dashboard ${name}-dashboard`]: {
      dashboardName: `frugal-ml-test-${name}`,
      dashboardBody: {
        widgets: [
          graph(0, 0, "Requests by delivery", ...embedded("Count", "Sum")),
          {
            type: "log",
            properties: {
              title: "Errors by code",
              query: `SOURCE '${name}-logs' | filter ispresent(code) | stats count() as requests by code, Delivery | sort requests desc`,
              view: "table",
              region,
            },
            width: 8,
            height: 6,
            x: 8,
            y: 0,
          },
          graph(
            16,
            0,
            "Milliseconds, half of the requests and all but a hundredth",
            ...embedded("Milliseconds", "p50", " p50"),
            ...embedded("Milliseconds", "p99", " p99"),
          ),
          graph(0, 6, "Bytes of originals", ...embedded("BytesIn", "Sum")),
          graph(8, 6, "Bytes of answers", ...embedded("BytesOut", "Sum")),
          graph(16, 6, "Throttles and crashes", ofLambda("Throttles", "Sum"), ofLambda("Errors", "Sum")),
          graph(0, 12, "Executions at once", ofLambda("ConcurrentExecutions", "Maximum")),
          graph(
            8,
            12,
            "Billed: GB-seconds and executions",
            [{ id: "gbSeconds", label: "GB-seconds", expression: "billed / 1000 * 512 / 1024" }],
            ofLambda("Duration", "Sum", { id: "billed", visible: false }),
            ofLambda("Invocations", "Sum", { yAxis: "right" }),
          ),
        ],
      },
    },
  };
}
