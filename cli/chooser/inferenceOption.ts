/** Ways of answering, in the order in which AWS's pages have them; the one that is not SageMaker is the last. */
export const InferenceOption = {
  RealTime: "real-time",
  Serverless: "serverless",
  Async: "asynchronous",
  BatchTransform: "batch-transform",
  MultiModel: "multi-model",
  MultiContainer: "multi-container",
  InferencePipeline: "inference-pipeline",
  ClassifierApi: "lambda",
} as const;
export type InferenceOption = (typeof InferenceOption)[keyof typeof InferenceOption];

/** The component that makes each of them. */
export const OPTION_COMPONENTS: Readonly<Record<InferenceOption, string>> = {
  "real-time": "RealTimeEndpoint",
  serverless: "ServerlessEndpoint",
  asynchronous: "AsyncEndpoint",
  "batch-transform": "BatchTransform",
  "multi-model": "MultiModelEndpoint",
  "multi-container": "MultiContainerEndpoint",
  "inference-pipeline": "InferencePipelineEndpoint",
  lambda: "ClassifierApi",
};

/** All of them. */
export const INFERENCE_OPTIONS: readonly InferenceOption[] = Object.values(InferenceOption);
