import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { InferenceOption } from "./inferenceOption";

/** What an option takes at most, as AWS's pages say it. Bytes, milliseconds, MB. */
export interface OptionLimits {
  /** Largest request, and largest answer where there is one of its own. */
  readonly payloadBytes: number;
  /** Longest that one request may take. */
  readonly durationMs: number;
  /** Most memory; undefined where the instance decides. */
  readonly memoryMb?: number;
  /** Requests at the same time of one endpoint; undefined where instances decide. */
  readonly concurrency?: number;
  /** Endpoints of a Region, where each model has its own; undefined where quotas of instances decide. */
  readonly endpoints?: number;
  /** Containers behind one endpoint. */
  readonly containers: { readonly min: number; readonly max: number };
  /** Whether nothing runs, and is paid, while nothing is asked. */
  readonly toNothing: boolean;
  readonly gpu: boolean;
  readonly vpc: boolean;
  /** Pages that say so. */
  readonly pages: readonly string[];
  /** ISO date on which they were read. */
  readonly readOn: string;
}

const { options, serving } = SERVICE_LIMITS.sagemaker;
const { lambda, httpApi } = SERVICE_LIMITS;
const SECOND = 1000;
const MB = 1024 * 1024;
const GUIDE = "docs.aws.amazon.com/sagemaker/latest/dg";

const AT_ONCE = {
  payloadBytes: serving.payloadBytes,
  durationMs: serving.answerSeconds * SECOND,
  containers: { min: 1, max: 1 },
  toNothing: false,
  gpu: true,
  vpc: true,
  readOn: options.readOn,
} as const;

/** Binary bodies reach a function in base64, four bytes for three. */
const BASE64 = 3 / 4;

/** The documented limits of every option: those of `contracts/serviceLimits.ts`, which components check against too. */
export const OPTION_LIMITS: Readonly<Record<InferenceOption, OptionLimits>> = {
  [InferenceOption.RealTime]: { ...AT_ONCE, pages: [`${GUIDE}/realtime-endpoints-test-endpoints.html`] },
  [InferenceOption.Serverless]: {
    payloadBytes: options.serverless.payloadBytes,
    durationMs: options.serverless.answerSeconds * SECOND,
    memoryMb: options.serverless.memoryMb.max,
    concurrency: options.serverless.concurrency.max,
    endpoints: options.serverless.variantsPerRegion,
    containers: { min: 1, max: 1 },
    toNothing: true,
    gpu: !has(options.serverless.excludes, "gpu"),
    vpc: !has(options.serverless.excludes, "vpc"),
    pages: [`${GUIDE}/serverless-endpoints.html`, `${GUIDE}/serverless-endpoints-invoke.html`],
    readOn: options.readOn,
  },
  [InferenceOption.Async]: {
    payloadBytes: options.async.payloadBytes,
    durationMs: options.async.answerSeconds * SECOND,
    containers: { min: 1, max: 1 },
    toNothing: true,
    gpu: true,
    vpc: true,
    pages: [`${GUIDE}/async-inference.html`, `${GUIDE}/async-inference-invoke-endpoint.html`],
    readOn: options.readOn,
  },
  [InferenceOption.BatchTransform]: {
    payloadBytes: options.batchTransform.payloadMb.max * MB,
    durationMs: options.batchTransform.answerSeconds.max * SECOND,
    containers: { min: 1, max: 1 },
    toNothing: true,
    gpu: true,
    vpc: true,
    pages: [
      `${GUIDE}/batch-transform.html`,
      "docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html",
    ],
    readOn: options.readOn,
  },
  [InferenceOption.MultiModel]: { ...AT_ONCE, pages: [`${GUIDE}/multi-model-endpoints.html`] },
  [InferenceOption.MultiContainer]: {
    ...AT_ONCE,
    containers: options.multiContainer.containers,
    pages: [`${GUIDE}/multi-container-create.html`],
  },
  [InferenceOption.InferencePipeline]: {
    ...AT_ONCE,
    containers: options.inferencePipeline.containers,
    pages: [`${GUIDE}/inference-pipelines.html`],
  },
  [InferenceOption.ClassifierApi]: {
    payloadBytes: Math.min(lambda.bufferedPayloadBytes, httpApi.payloadBytes) * BASE64,
    durationMs: Math.min(lambda.timeoutSeconds.max * SECOND, httpApi.integrationMs),
    memoryMb: lambda.memoryMb.max,
    containers: { min: 1, max: 1 },
    toNothing: true,
    gpu: false,
    vpc: true,
    pages: [
      "docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
      "docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html",
    ],
    readOn: SERVICE_LIMITS.readOn,
  },
};

function has(excludes: readonly string[], what: string): boolean {
  return excludes.includes(what);
}
