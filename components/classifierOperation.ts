import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ClassifyDelivery } from "../contracts/classifyMetrics";
import type { CheckedClassifierApiArgs } from "./checkedClassifierApiArgs";
import type { ClassifierApiArgs } from "./classifierApiArgs";
import type { ClassifierStream } from "./classifierStream";
import { deadLetterAlarm } from "./deadLetterAlarm";
import { functionAlarms } from "./functionAlarms";

/** Seconds over which metrics are looked at. */
const PERIOD_SECONDS = 300;

/** What of a classifier can be watched. */
export interface WatchedClassifier {
  readonly lambda: aws.lambda.Function;
  readonly api: aws.apigatewayv2.Api | undefined;
  readonly stream: ClassifierStream | undefined;
}

/** Alarms of a classifier's functions, of its HTTP API and of its dead letters, as its arguments ask. */
export function watchClassifier(
  name: string,
  args: ClassifierApiArgs,
  checked: CheckedClassifierApiArgs,
  { lambda, api, stream }: WatchedClassifier,
  parent: pulumi.Resource,
): void {
  if (!args.alarms) return;
  const { timeout, errorPercent, durationPercent, tags } = checked;
  const options = { topics: args.alarmTopics ?? [], tags };
  const http = { lambda, deliveries: [ClassifyDelivery.Http], timeout, errorPercent, durationPercent };
  functionAlarms(name, http, options, parent);
  if (api !== undefined) gatewayAlarm(name, api, errorPercent, options, parent);
  if (stream === undefined || checked.stream === undefined) return;
  const worker = {
    ...http,
    lambda: stream.lambda,
    deliveries: [ClassifyDelivery.Stream],
    timeout: checked.stream.timeout,
  };
  functionAlarms(`${name}-stream`, worker, options, parent);
  const description = `Pictures of ${name} could not be classified; their messages are in the dead letters.`;
  deadLetterAlarm(name, stream.deadLetters, { ...options, description }, parent);
}

/** The share of requests that the HTTP API answers with 500 or above: also those that never reach the function. */
function gatewayAlarm(
  name: string,
  api: aws.apigatewayv2.Api,
  errorPercent: pulumi.Input<number>,
  { topics, tags }: { readonly topics: pulumi.Input<string>[]; readonly tags: Record<string, string> },
  parent: pulumi.Resource,
): void {
  const sum = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "AWS/ApiGateway",
      metricName,
      dimensions: { ApiId: api.id, Stage: "$default" },
      stat: "Sum",
      period: PERIOD_SECONDS,
    },
  });
  new aws.cloudwatch.MetricAlarm(
    `${name}-gateway-alarm`,
    {
      alarmDescription: `Of the requests to ${name}, the HTTP API answers too many with 500 or above.`,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: topics,
      tags,
      metricQueries: [
        {
          id: "rate",
          label: "Failed requests (%)",
          expression: "100 * FILL(failed, 0) / requests",
          returnData: true,
        },
        sum("failed", "5xx"),
        sum("requests", "Count"),
      ],
      threshold: errorPercent,
      comparisonOperator: "GreaterThanThreshold",
    },
    { parent },
  );
}
