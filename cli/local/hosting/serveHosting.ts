import { CLOUDWATCH_TARGET, createCloudWatchHandler } from "../cloudwatch/cloudWatchHandler";
import type { LocalPlane } from "../localPlane";
import { createSageMakerHandler, SAGEMAKER_TARGET } from "../sagemaker/sagemakerHandler";
import { createMetricsHandler, METRICS_PATH } from "./metricsHandler";
import { createRuntimeHandler, RUNTIME_PATH } from "./runtimeHandler";

/** Makes a plane answer for its endpoints: invocations, what describes them, metrics. */
export function serveHosting(plane: LocalPlane): void {
  plane.route(RUNTIME_PATH, createRuntimeHandler(plane));
  plane.route(METRICS_PATH, createMetricsHandler(plane));
  plane.protocol(CLOUDWATCH_TARGET, createCloudWatchHandler(plane));
  plane.protocol(SAGEMAKER_TARGET, createSageMakerHandler(plane));
}
