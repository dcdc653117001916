import type {
  EndpointOutputConfiguration,
  InferenceRecommendation,
  RecommendationMetrics,
} from "@aws-sdk/client-sagemaker";
import type { RecommendationJob } from "../recommend/recommendationJob";
import { jsonText } from "./jsonText";

/** How a job stands, what it recommends, and what of its benchmarks failed. */
export function recommendationText({ job, steps }: RecommendationJob): string {
  const recommendations = (job.InferenceRecommendations ?? []).toSorted(cheapestFirst);
  const failed = steps.flatMap(({ Status: status, InferenceBenchmark: benchmark }) => {
    if (status !== "FAILED") return [];
    return [`  ${placeText(benchmark?.EndpointConfiguration)}: ${benchmark?.FailureReason ?? "no reason is given"}`];
  });
  const over = steps.filter(({ Status: status }) => status === "COMPLETED").length;
  return `${[
    ...(recommendations.length > 0
      ? ["By cost of an hour", ...recommendations.flatMap((one) => recommendationLines(one))]
      : []),
    ...(failed.length > 0 ? ["Failed", ...failed] : []),
    `${job.JobName}: ${job.Status}, ${over} of ${steps.length} benchmarks done${job.FailureReason ? `: ${job.FailureReason}` : ""}`,
  ].join("\n")}\n`;
}

/** Version of the JSON's shape: raised when something that a program reads is renamed or removed. */
const SCHEMA = 1;

/** The same for programs, in SageMaker's own names. */
export function recommendationJson(job: RecommendationJob): string {
  return jsonText({ schema: SCHEMA, ...job });
}

function recommendationLines(one: InferenceRecommendation): readonly string[] {
  const variables = (one.ModelConfiguration?.EnvironmentParameters ?? []).map(
    ({ Key: key, Value: value }) => `${key}=${value}`,
  );
  return [
    `  ${placeText(one.EndpointConfiguration)}: ${metricsText(one.Metrics)}`,
    ...(variables.length > 0 ? [`    with ${variables.join(", ")}`] : []),
  ];
}

function metricsText(metrics: RecommendationMetrics | undefined): string {
  if (metrics === undefined) return "not measured";
  const { CostPerHour, CostPerInference, MaxInvocations, ModelLatency, ModelSetupTime } = metrics;
  const parts = [
    CostPerHour !== undefined && `$${round(CostPerHour)} an hour`,
    CostPerInference !== undefined && `$${round(CostPerInference * 1e6)} for a million answers`,
    MaxInvocations !== undefined && `${MaxInvocations} requests a minute`,
    // SageMaker measures in microseconds.
    ModelLatency !== undefined && `${round(ModelLatency / 1000)} ms`,
    ModelSetupTime !== undefined && `${round(ModelSetupTime / 1000)} ms to start`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}

function placeText(place: EndpointOutputConfiguration | undefined): string {
  if (place?.ServerlessConfig) return `serverless, ${place.ServerlessConfig.MemorySizeInMB} MB`;
  return `${place?.InitialInstanceCount ?? 1} × ${place?.InstanceType ?? "an instance"}`;
}

function cheapestFirst(a: InferenceRecommendation, b: InferenceRecommendation): number {
  return (a.Metrics?.CostPerHour ?? Number.POSITIVE_INFINITY) - (b.Metrics?.CostPerHour ?? Number.POSITIVE_INFINITY);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
