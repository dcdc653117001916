import * as pulumi from "@pulumi/pulumi";
import type { CheckedMultiModelEndpointArgs } from "./checkedMultiModelEndpointArgs";
import { ALARM_PERIOD_SECONDS, type EndpointAlarm, EndpointNamespace, endpointDimensions } from "./endpointAlarms";

/**
 * Alarms for the models that a multi-model endpoint keeps in memory: too few invocations find theirs loaded, the cold ones
 * wait too long, and instances that load, drop and load again. None of them undoes an update: updated instances start
 * without models.
 */
export function modelCacheAlarms(
  name: string,
  { endpoint, cacheModels, cacheAlarmThresholds }: CheckedMultiModelEndpointArgs,
): readonly EndpointAlarm[] {
  const { hitPercent, loadingWaitMs, thrashPercent } = cacheAlarmThresholds;
  const dimensions = endpointDimensions(endpoint);
  const wait: EndpointAlarm = {
    part: "loading",
    description: `Invocations of ${name} wait too long for their model to be loaded.`,
    namespace: EndpointNamespace.Invocations,
    metricName: "ModelLoadingWaitTime",
    dimensions,
    extendedStatistic: "p90",
    // The metric is in microseconds.
    threshold: pulumi.output(loadingWaitMs).apply((milliseconds) => milliseconds * 1000),
  };
  // Without a cache every invocation is cold, as was asked for.
  if (!cacheModels) return [wait];
  return [
    {
      part: "cache",
      description: `Too few invocations of ${name} find their model loaded.`,
      namespace: EndpointNamespace.Invocations,
      metricName: "ModelCacheHit",
      dimensions,
      statistic: "Average",
      threshold: pulumi.output(hitPercent).apply((percent) => percent / 100),
      below: true,
    },
    wait,
    {
      part: "thrash",
      description: `Instances of ${name} drop models that are soon needed again: they need more memory.`,
      metricQueries: [
        {
          id: "rate",
          label: "Models unloaded (% of those loaded)",
          expression: "100 * FILL(unloads, 0) / loaded",
          returnData: true,
        },
        {
          id: "unloads",
          metric: {
            namespace: EndpointNamespace.Invocations,
            metricName: "ModelUnloadingTime",
            dimensions,
            stat: "SampleCount",
            period: ALARM_PERIOD_SECONDS,
          },
        },
        {
          id: "loaded",
          metric: {
            namespace: EndpointNamespace.Instances,
            metricName: "LoadedModelCount",
            dimensions,
            stat: "Maximum",
            period: ALARM_PERIOD_SECONDS,
          },
        },
      ],
      threshold: thrashPercent,
    },
  ];
}
