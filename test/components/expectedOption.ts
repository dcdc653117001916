import { endpointTags } from "./expectedEndpoint";
import { allow } from "./expectedFleet";
import type { Expected } from "./expectedResources";

/** Repository of one of AWS's own images in the Region of the tests. */
export function repositoryOf(account: string, repository: string): string {
  return `arn:aws:ecr:us-east-1:${account}:repository/${repository}`;
}

/** How a model differs from another. */
export interface ExpectedOptionModel {
  readonly tags?: Record<string, string>;
  /** The only container. */
  readonly container?: object;
  /** Several containers, and how they answer. */
  readonly containers?: readonly object[];
  readonly mode?: string;
  /** Whether it is cut off from every network; undefined where nothing is said. */
  readonly isolated?: boolean | undefined;
  readonly inVpc?: boolean;
  /** Component whose role it takes. Defaults to its own name's. */
  readonly component?: string;
}

/** A model. */
export function expectedOptionModel(name: string, expected: ExpectedOptionModel): Expected {
  const { component = name, tags = endpointTags(component), container, containers, mode, inVpc = false } = expected;
  const isolated = "isolated" in expected ? expected.isolated : true;
  return {
    [`aws:sagemaker/model:Model ${name}-model`]: {
      executionRoleArn: `arn:aws:iam::123456789012:role/${component}-role`,
      ...(isolated !== undefined && { enableNetworkIsolation: isolated }),
      ...(container !== undefined && { primaryContainer: container }),
      ...(containers !== undefined && { containers, inferenceExecutionConfig: { mode } }),
      ...(inVpc && { vpcConfig: { subnets: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] } }),
      tags,
    },
  };
}

/** Thresholds of the alarms, in the units of the arguments. */
export interface ExpectedOptionThresholds {
  readonly errorPercent?: number;
  readonly latencyMs?: number;
}

/** Whose alarms, and who hears of them. */
export interface ExpectedOptionAlarms extends ExpectedOptionThresholds {
  readonly component: string;
  /** Defaults to an endpoint's only one. */
  readonly variant?: string;
  readonly actions?: readonly string[];
  readonly tags?: Record<string, string>;
}

/** Alarms for errors, latency and memory of one variant, each by itself. */
export function expectedOptionAlarms(expected: ExpectedOptionAlarms) {
  const { component, variant = "AllTraffic", actions = [], errorPercent = 1, latencyMs = 1000 } = expected;
  const name = variant === "AllTraffic" ? component : `${component}-${variant}`;
  const dimensions = { EndpointName: `frugal-ml-test-${component}`, VariantName: variant };
  const alarm = (part: string, alarmDescription: string, metric: object): Expected => ({
    [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-${part}-alarm`]: {
      alarmDescription,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      ...metric,
      treatMissingData: "notBreaching",
      alarmActions: actions,
      tags: expected.tags ?? endpointTags(component),
    },
  });
  const query = (id: string, metricName: string) => ({
    id,
    metric: { namespace: "AWS/SageMaker", metricName, dimensions, stat: "Sum", period: 300 },
  });
  const rate = {
    id: "rate",
    label: "Failed invocations (%)",
    expression: "100 * FILL(errors, 0) / invocations",
    returnData: true,
  };
  const errorsOf = (description: string, failed: string, asked: string) =>
    alarm("errors", description, {
      metricQueries: [rate, query("errors", failed), query("invocations", asked)],
      threshold: errorPercent,
    });
  return {
    errors: errorsOf(
      `Of the invocations of ${name}, too many fail through no fault of the caller.`,
      "Invocation5XXErrors",
      "Invocations",
    ),
    asyncErrors: errorsOf(`Of the requests to ${name}, too many fail.`, "InvocationFailures", "InvocationsProcessed"),
    latency: alarm("latency", `The slowest hundredth of the answers of ${name} takes too long in the container.`, {
      namespace: "AWS/SageMaker",
      metricName: "ModelLatency",
      dimensions,
      period: 300,
      extendedStatistic: "p99",
      threshold: latencyMs * 1000,
    }),
    memory: alarm("memory", `The instances of ${name} run out of memory.`, {
      namespace: "/aws/sagemaker/Endpoints",
      metricName: "MemoryUtilization",
      dimensions,
      period: 300,
      statistic: "Maximum",
      threshold: 90,
    }),
    waiting: (threshold: number) =>
      alarm("waiting", `The oldest request to ${name} waits too long for its answer.`, {
        namespace: "AWS/SageMaker",
        metricName: "ApproximateAgeOfOldestRequest",
        dimensions: { EndpointName: `frugal-ml-test-${component}` },
        period: 300,
        statistic: "Maximum",
        threshold,
      }),
  };
}

/** Leave to look at alarms that undo an update, by their names. */
export function watchAlarms(...names: readonly string[]): object {
  const arns = names.map((name) => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`);
  return allow("WatchUpdates", "cloudwatch:DescribeAlarms", arns);
}

/** Tags of a component that a SageMaker Savings Plan is meant to cover. */
export function planTags(name: string, term: string, payment: string, share: string): Record<string, string> {
  return {
    ...endpointTags(name),
    "frugal-ml:savings-plan": "sagemaker",
    "frugal-ml:savings-plan-term": term,
    "frugal-ml:savings-plan-payment": payment,
    "frugal-ml:savings-plan-share": share,
  };
}
