import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, RuleResource } from "../../contracts/rule";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { type Bounds, boundedNumber } from "./boundedNumber";
import { isAsync, type Variant, variantsOf } from "./endpoint";
import type { Job } from "./job";
import { elementsOf, valueAt } from "./valueAt";

const { realTime, serverless, async, batchTransform, multiContainer } = SERVICE_LIMITS.sagemaker.options;

/** What of an endpoint configuration is beyond the limits of real time, serverless or asynchronous inference. */
export function configurationLimits(configuration: RuleResource): readonly Finding[] {
  const concurrent = ["asyncInferenceConfig", "clientConfig", "maxConcurrentInvocationsPerInstance"];
  return [
    ...variantLimits(configuration),
    ...variantsOf(configuration).flatMap(serverlessLimits),
    ...boundedNumber(concurrent.join("."), valueAt(configuration.inputs, ...concurrent), {
      ...async.concurrentInvocations,
      unit: "invocations",
    }),
  ];
}

function variantLimits(configuration: RuleResource): readonly Finding[] {
  const { inputs } = configuration;
  const variants = valueAt(inputs, "productionVariants");
  const shadows = valueAt(inputs, "shadowProductionVariants");
  const isServerless = elementsOf(variants).some((variant) => !isUnknown(variant) && serverlessConfigOf(variant));
  const [max, whose] = isAsync(configuration)
    ? [async.variants, "an asynchronous endpoint"]
    : isServerless
      ? [serverless.variants, "a serverless endpoint"]
      : elementsOf(shadows).length > 0
        ? [realTime.variantsWithShadow, "an endpoint with a shadow variant"]
        : [realTime.variants, "an endpoint"];
  // Whether there is a shadow at all may be what is not known.
  const counted = isUnknown(shadows) && elementsOf(variants).length > max ? shadows : variants;
  const unit = `${max === 1 ? "variant" : "variants"} of ${whose}`;
  return boundedCount("productionVariants", counted, { min: 1, max, unit });
}

function serverlessLimits({ path, value }: Variant): readonly Finding[] {
  const config = serverlessConfigOf(value);
  const at = `${path}.serverlessConfig`;
  if (config === undefined) return [];
  if (isUnknown(config)) return [{ status: "unknown", path: at, message: "not known yet; it must keep its limits" }];
  const bounds = { ...serverless.concurrency, unit: "invocations" };
  const most = valueAt(config, "maxConcurrency");
  const kept = valueAt(config, "provisionedConcurrency");
  return [
    ...boundedNumber(`${at}.memorySizeInMb`, valueAt(config, "memorySizeInMb"), { ...serverless.memoryMb, unit: "MB" }),
    ...boundedNumber(`${at}.maxConcurrency`, most, bounds),
    ...(typeof kept === "number" && typeof most === "number" && kept > most
      ? [fail(`${at}.provisionedConcurrency`, "more than maxConcurrency; it must be at most that")]
      : boundedNumber(`${at}.provisionedConcurrency`, kept, bounds)),
  ];
}

function serverlessConfigOf(variant: GraphValue): GraphValue | undefined {
  return valueAt(variant, "serverlessConfig");
}

/** What of a model is beyond the limits of several containers. */
export function modelLimits({ inputs }: RuleResource): readonly Finding[] {
  const { min, max } = multiContainer.containers;
  // One container in the list is a model like any other, unless it is said how several answer.
  const isOrdered = valueAt(inputs, "inferenceExecutionConfig") !== undefined;
  const bounds = { min: isOrdered ? min : 0, max, unit: "containers" };
  return boundedCount("containers", valueAt(inputs, "containers"), bounds);
}

/** What of a transform job is beyond the limits of batch transform. */
export function transformLimits(job: Job): readonly Finding[] {
  const bounded = (bounds: Bounds, ...path: readonly string[]) =>
    boundedNumber(job.at(...path), job.read(...path), bounds);
  const payload = job.read("maxPayloadInMB");
  const together = job.read("maxConcurrentTransforms");
  const { payloadMb, payloadsMb, answerSeconds, retries } = batchTransform;
  return [
    ...bounded({ ...payloadMb, unit: "MB" }, "maxPayloadInMB"),
    ...(typeof payload === "number" && typeof together === "number" && payload * together > payloadsMb
      ? [fail(job.at("maxConcurrentTransforms"), `too high; times MaxPayloadInMB it must be at most ${payloadsMb} MB`)]
      : []),
    ...bounded({ ...answerSeconds, unit: "seconds" }, "modelClientConfig", "invocationsTimeoutInSeconds"),
    ...bounded({ ...retries, unit: "retries" }, "modelClientConfig", "invocationsMaxRetries"),
  ];
}

/** Why a list has too few or too many elements; no finding when it is absent. */
function boundedCount(path: string, list: GraphValue | undefined, bounds: Bounds): readonly Finding[] {
  return boundedNumber(path, list === undefined || isUnknown(list) ? list : elementsOf(list).length, bounds);
}

function fail(path: string, message: string): Finding {
  return { status: "fail", path, message };
}
