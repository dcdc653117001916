import { endpointTags } from "./expectedEndpoint";
import type { Expected } from "./expectedResources";

/** Thresholds of an endpoint's alarms, in the units of the arguments. */
export interface ExpectedThresholds {
  readonly errorPercent: number;
  readonly latencyMs: number;
  readonly memoryPercent: number;
  readonly loadingWaitMs: number;
  /** Share of hits, and of unloads; none where models are not cached. */
  readonly cache?: { readonly hitPercent: number; readonly thrashPercent: number };
}

type Alarm = Readonly<Record<string, unknown>>;

/** The alarms that undo an update come before the role, which may look at them; the others after the model. */
export function expectedEndpointAlarms(
  name: string,
  thresholds: ExpectedThresholds,
  alarmActions: readonly string[],
  tags = endpointTags(name),
): { readonly rollback: Expected; readonly others: Expected } {
  const dimensions = { EndpointName: `frugal-ml-test-${name}`, VariantName: "AllTraffic" };
  const shared = { evaluationPeriods: 1, treatMissingData: "notBreaching", alarmActions, tags };
  const alarm = (
    part: string,
    alarmDescription: string,
    metric: Alarm,
    comparison = "GreaterThanThreshold",
  ): Expected => ({
    [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-${part}-alarm`]: {
      alarmDescription,
      comparisonOperator: comparison,
      ...metric,
      ...shared,
    },
  });
  const plain = (namespace: string, metricName: string, metric: Alarm): Alarm => ({
    namespace,
    metricName,
    dimensions,
    period: 300,
    ...metric,
  });
  const query = (id: string, namespace: string, metricName: string, stat: string) => ({
    id,
    metric: { namespace, metricName, dimensions, stat, period: 300 },
  });
  const rate = (label: string, expression: string) => ({ id: "rate", label, expression, returnData: true });
  const { errorPercent, latencyMs, memoryPercent, loadingWaitMs, cache } = thresholds;
  const loading = alarm(
    "loading",
    `Invocations of ${name} wait too long for their model to be loaded.`,
    plain("AWS/SageMaker", "ModelLoadingWaitTime", { extendedStatistic: "p90", threshold: loadingWaitMs * 1000 }),
  );
  return {
    rollback: {
      ...alarm("errors", `Of the invocations of ${name}, too many fail through no fault of the caller.`, {
        metricQueries: [
          rate("Failed invocations (%)", "100 * FILL(errors, 0) / invocations"),
          query("errors", "AWS/SageMaker", "Invocation5XXErrors", "Sum"),
          query("invocations", "AWS/SageMaker", "Invocations", "Sum"),
        ],
        threshold: errorPercent,
      }),
      ...alarm(
        "latency",
        `The slowest hundredth of the answers of ${name} takes too long in the container.`,
        plain("AWS/SageMaker", "ModelLatency", { extendedStatistic: "p99", threshold: latencyMs * 1000 }),
      ),
    },
    others: {
      ...alarm(
        "memory",
        `The instances of ${name} run out of memory.`,
        plain("/aws/sagemaker/Endpoints", "MemoryUtilization", { statistic: "Maximum", threshold: memoryPercent }),
      ),
      ...(cache === undefined
        ? loading
        : {
            ...alarm(
              "cache",
              `Too few invocations of ${name} find their model loaded.`,
              plain("AWS/SageMaker", "ModelCacheHit", { statistic: "Average", threshold: cache.hitPercent / 100 }),
              "LessThanThreshold",
            ),
            ...loading,
            ...alarm("thrash", `Instances of ${name} drop models that are soon needed again: they need more memory.`, {
              metricQueries: [
                rate("Models unloaded (% of those loaded)", "100 * FILL(unloads, 0) / loaded"),
                query("unloads", "AWS/SageMaker", "ModelUnloadingTime", "SampleCount"),
                query("loaded", "/aws/sagemaker/Endpoints", "LoadedModelCount", "Maximum"),
              ],
              threshold: cache.thrashPercent,
            }),
          }),
    },
  };
}
