import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { METRIC_NAMESPACE, MetricDimension, type NormalizeMetric } from "../contracts/normalizeMetrics";

/** Seconds that a point stands for. */
const PERIOD_SECONDS = 300;

/** Grid units of CloudWatch: a dashboard is 24 wide. */
const WIDGET = { width: 8, height: 6 };

/** What a dashboard shows. */
export interface AccessPointDashboardOptions {
  readonly lambda: aws.lambda.Function;
  readonly logs: aws.cloudwatch.LogGroup;
  readonly deliveries: readonly string[];
  /** Memory of the function in MB. */
  readonly memorySize: pulumi.Input<number>;
}

/** A dashboard of requests, errors, times, bytes and what is billed of them. Only names are not known at preview. */
export function accessPointDashboard(
  name: string,
  { lambda, logs, deliveries, memorySize }: AccessPointDashboardOptions,
  parent: pulumi.Resource,
): aws.cloudwatch.Dashboard {
  const region = lambda.arn.apply((arn) => arn.split(":")[3] ?? "");
  const byDelivery = (metric: NormalizeMetric, stat: string) =>
    deliveries.map((delivery) => [
      METRIC_NAMESPACE,
      metric,
      MetricDimension.FunctionName,
      lambda.name,
      MetricDimension.Delivery,
      delivery,
      { stat, label: `${delivery} ${stat === "Sum" ? "" : stat}`.trim() },
    ]);
  const ofLambda = (metric: string, stat: string, rest: object = {}) => [
    "AWS/Lambda",
    metric,
    "FunctionName",
    lambda.name,
    { stat, label: metric, ...rest },
  ];
  const graph = (title: string, metrics: readonly unknown[]) => ({
    type: "metric",
    properties: { title, metrics, view: "timeSeries", period: PERIOD_SECONDS, region },
  });
  const widgets = [
    graph("Requests by delivery", byDelivery("Count", "Sum")),
    {
      type: "log",
      properties: {
        title: "Errors by code",
        query: pulumi.interpolate`SOURCE '${logs.name}' | filter ispresent(code) | stats count() as requests by code, Delivery | sort requests desc`,
        view: "table",
        region,
      },
    },
    graph("Milliseconds, half of the requests and all but a hundredth", [
      ...byDelivery("Milliseconds", "p50"),
      ...byDelivery("Milliseconds", "p99"),
    ]),
    graph("Bytes of originals", byDelivery("BytesIn", "Sum")),
    graph("Bytes of answers", byDelivery("BytesOut", "Sum")),
    graph("Throttles and crashes", [ofLambda("Throttles", "Sum"), ofLambda("Errors", "Sum")]),
    graph("Executions at once", [ofLambda("ConcurrentExecutions", "Maximum")]),
    // No dollars: prices differ by Region and commitment; these two are what Lambda bills.
    graph("Billed: GB-seconds and executions", [
      [{ id: "gbSeconds", label: "GB-seconds", expression: pulumi.interpolate`billed / 1000 * ${memorySize} / 1024` }],
      ofLambda("Duration", "Sum", { id: "billed", visible: false }),
      ofLambda("Invocations", "Sum", { yAxis: "right" }),
    ]),
  ].map((widget, index) => ({
    ...widget,
    ...WIDGET,
    x: (index % 3) * WIDGET.width,
    y: Math.floor(index / 3) * WIDGET.height,
  }));
  return new aws.cloudwatch.Dashboard(
    `${name}-dashboard`,
    {
      // Dashboards have no generated names, and share one namespace per account.
      dashboardName: [pulumi.getProject(), pulumi.getStack(), name].join("-").replaceAll(/[^A-Za-z0-9_-]/g, "-"),
      dashboardBody: pulumi.jsonStringify({ widgets }),
    },
    { parent },
  );
}
