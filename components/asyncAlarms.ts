import type { CheckedAsyncEndpointArgs } from "./checkedAsyncEndpointArgs";
import {
  type EndpointAlarm,
  EndpointNamespace,
  endpointDimensions,
  errorsAlarm,
  memoryAlarm,
  servingAlarms,
} from "./endpointAlarms";

/**
 * Alarms of an asynchronous endpoint. It publishes other metrics than one that answers at once
 * (docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html): failures of any cause are counted, and how long
 * the oldest request waits. Those for failures and for the container's latency undo an update; latency is watched only where
 * a threshold is given, since answers may take an hour.
 */
export function asyncAlarms(
  name: string,
  { endpoint, watchLatency, oldestRequestSeconds }: CheckedAsyncEndpointArgs,
): { readonly rollback: readonly EndpointAlarm[]; readonly others: readonly EndpointAlarm[] } {
  const errors = errorsAlarm(
    `Of the requests to ${name}, too many fail.`,
    endpointDimensions(endpoint),
    ["InvocationFailures", "InvocationsProcessed"],
    endpoint.alarmThresholds.errorPercent,
  );
  const latency = watchLatency ? servingAlarms(name, endpoint).filter(({ part }) => part === "latency") : [];
  const waiting: EndpointAlarm = {
    part: "waiting",
    description: `The oldest request to ${name} waits too long for its answer.`,
    namespace: EndpointNamespace.Invocations,
    metricName: "ApproximateAgeOfOldestRequest",
    dimensions: { EndpointName: endpoint.endpointName },
    statistic: "Maximum",
    threshold: oldestRequestSeconds,
  };
  return { rollback: [errors, ...latency], others: [memoryAlarm(name, endpoint), waiting] };
}
