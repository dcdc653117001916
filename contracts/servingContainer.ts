/**
 * What an endpoint and the container behind it agree on: SageMaker's contract for hosting
 * (docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html and mms-container-apis.html). The variables
 * that begin with FRUGAL_ML are ours.
 */

/** First argument of a container that hosts. */
export const SERVE_COMMAND = "serve";

/** Port of a container when the environment names none. */
export const SERVING_PORT = 8080;

/** Value of {@link ServingEnvironment}'s `MultiModel` on a multi-model endpoint. */
export const MULTI_MODEL_TRUE = "true";

/** Values of {@link ServingEnvironment}'s `Isolation`. */
export const ServingIsolation = { Thread: "thread", Process: "process" } as const;
export type ServingIsolation = (typeof ServingIsolation)[keyof typeof ServingIsolation];

/** Where SageMaker unpacks the one model of a single-model endpoint, below the root that is `/opt/ml`. */
export const SINGLE_MODEL_FOLDER = "model";

/** Where SageMaker unpacks models of a multi-model endpoint: `models/{model_name}/model`, below the same root. */
export const MULTI_MODEL_FOLDER = "models";

/** Environment variables of a container that hosts. */
export const ServingEnvironment = {
  /** SageMaker's: `true` on a multi-model endpoint. */
  MultiModel: "SAGEMAKER_MULTI_MODEL",
  /** SageMaker's: port to listen on, for images with the label `accept-bind-to-port`. Defaults to {@link SERVING_PORT}. */
  BindToPort: "SAGEMAKER_BIND_TO_PORT",
  /** MB that loaded models may take before loading answers 507. Defaults to half of the memory that the container has. */
  ModelMemoryMb: "FRUGAL_ML_MODEL_MEMORY_MB",
  /** `thread` answers outside the server's thread, `process` within it. Defaults to `process` for the forecast, and to `thread` for a team's own module. */
  Isolation: "FRUGAL_ML_ISOLATION",
} as const;

/** Headers of requests, in lower case, as SageMaker passes them on. */
export const ServingHeader = {
  /** `TargetModel` as the caller gave it; the path has the hashed name. */
  TargetModel: "x-amzn-sagemaker-target-model",
  CustomAttributes: "x-amzn-sagemaker-custom-attributes",
  /** Code of the error of an answer that is not 2xx: ours. */
  Error: "x-frugal-ml-error",
} as const;
