import { type GraphObject, UNKNOWN } from "../../../contracts/graph";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { inferenceOptionLimits } from "../../../policy/rules/inferenceOptionLimits";
import { declared } from "../declared";
import { configuration } from "../endpoints";
import { PIPELINE, trainingJob, transformMachine, transformPipeline } from "../jobs";
import { testRule } from "../ruleCases";

const { realTime, serverless, async, batchTransform, multiContainer } = SERVICE_LIMITS.sagemaker.options;

const withServerless = (change: GraphObject = {}) =>
  configuration({
    instanceType: null,
    initialInstanceCount: null,
    serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 20, provisionedConcurrency: 20, ...change },
  });
const variants = (count: number, change: GraphObject = {}) =>
  configuration(
    {},
    { productionVariants: Array.from({ length: count }, (_, i) => ({ variantName: `v${i}` })), ...change },
  );
const asking = (maxConcurrentInvocationsPerInstance: GraphObject[string]) => ({
  asyncInferenceConfig: { clientConfig: { maxConcurrentInvocationsPerInstance } },
});
const model = (change: GraphObject, type = "aws:sagemaker/model:Model") => declared(type, "model", change);
const containers = (count: number) => Array.from({ length: count }, (_, i) => ({ containerHostname: `c${i}` }));
const direct = { inferenceExecutionConfig: { mode: "Direct" } };
const client = (change: object) => ({ ModelClientConfig: change });

const at = "productionVariants[0].serverlessConfig";
const concurrent = "asyncInferenceConfig.clientConfig.maxConcurrentInvocationsPerInstance";
const score = "pipelineDefinition.Score";

testRule(inferenceOptionLimits, [
  ["a variant on instances passes", configuration(), []],
  ["serverless within its limits passes", withServerless(), []],
  ["the most memory passes", withServerless({ memorySizeInMb: serverless.memoryMb.max }), []],
  [
    "more memory fails",
    withServerless({ memorySizeInMb: serverless.memoryMb.max + 1024 }),
    [`fail ${at}.memorySizeInMb`],
  ],
  ["less memory fails", withServerless({ memorySizeInMb: 512 }), [`fail ${at}.memorySizeInMb`]],
  ["memory between two steps fails", withServerless({ memorySizeInMb: 1536 }), [`fail ${at}.memorySizeInMb`]],
  ["memory as text passes, as the provider takes it", withServerless({ memorySizeInMb: "2048" }), []],
  ["unknown memory cannot be told", withServerless({ memorySizeInMb: UNKNOWN }), [`unknown ${at}.memorySizeInMb`]],
  ["the most concurrency passes", withServerless({ maxConcurrency: serverless.concurrency.max }), []],
  [
    "more concurrency fails",
    withServerless({ maxConcurrency: serverless.concurrency.max + 1 }),
    [`fail ${at}.maxConcurrency`],
  ],
  ["more kept ready than answers fails", withServerless({ maxConcurrency: 19 }), [`fail ${at}.provisionedConcurrency`]],
  ["nothing kept ready fails", withServerless({ provisionedConcurrency: 0 }), [`fail ${at}.provisionedConcurrency`]],
  ["an unknown variant cannot be told", configuration({ serverlessConfig: UNKNOWN }), [`unknown ${at}`]],
  ["the most variants pass", variants(realTime.variants), []],
  ["more variants fail", variants(realTime.variants + 1), ["fail productionVariants"]],
  ["no variant fails", variants(0), ["fail productionVariants"]],
  ["one variant and a shadow pass", variants(1, { shadowProductionVariants: [{}] }), []],
  ["two variants and a shadow fail", variants(2, { shadowProductionVariants: [{}] }), ["fail productionVariants"]],
  [
    "two variants, and perhaps a shadow, cannot be told",
    variants(2, { shadowProductionVariants: UNKNOWN }),
    ["unknown productionVariants"],
  ],
  [
    "a serverless variant and another fail",
    configuration({}, { productionVariants: [{ serverlessConfig: { memorySizeInMb: 1024, maxConcurrency: 1 } }, {}] }),
    ["fail productionVariants"],
  ],
  ["asynchronous within its limits passes", variants(1, asking(async.concurrentInvocations.max)), []],
  ["asynchronous with two variants fails", variants(2, asking(4)), ["fail productionVariants"]],
  [
    "asynchronous with more at once fails",
    variants(1, asking(async.concurrentInvocations.max + 1)),
    [`fail ${concurrent}`],
  ],
  ["asynchronous with an unknown number cannot be told", variants(1, asking(UNKNOWN)), [`unknown ${concurrent}`]],
  ["a model of one container passes", model({ primaryContainer: {} }), []],
  ["one container in the list passes", model({ containers: containers(1) }), []],
  ["the most containers pass", model({ containers: containers(multiContainer.containers.max), ...direct }), []],
  ["more containers fail", model({ containers: containers(multiContainer.containers.max + 1) }), ["fail containers"]],
  ["one container that is asked by name fails", model({ containers: containers(1), ...direct }), ["fail containers"]],
  ["unknown containers cannot be told", model({ containers: UNKNOWN }), ["unknown containers"]],
  [
    "aws-native is looked at too",
    model({ containers: containers(16) }, "aws-native:sagemaker:Model"),
    ["fail containers"],
  ],
  ["a transform step within its limits passes", transformPipeline(), []],
  ["payloads that stream pass", transformPipeline({ MaxPayloadInMB: batchTransform.payloadMb.min }), []],
  [
    "a larger payload fails",
    transformPipeline({ MaxPayloadInMB: batchTransform.payloadMb.max + 1, MaxConcurrentTransforms: 0 }),
    [`fail ${score}.MaxPayloadInMB`],
  ],
  [
    "payloads that are too large together fail",
    transformPipeline({ MaxConcurrentTransforms: 17 }),
    [`fail ${score}.MaxConcurrentTransforms`],
  ],
  [
    "more time fails",
    transformPipeline(client({ InvocationsTimeoutInSeconds: batchTransform.answerSeconds.max + 1 })),
    [`fail ${score}.ModelClientConfig.InvocationsTimeoutInSeconds`],
  ],
  [
    "more retries fail",
    transformPipeline(client({ InvocationsMaxRetries: batchTransform.retries.max + 1 })),
    [`fail ${score}.ModelClientConfig.InvocationsMaxRetries`],
  ],
  [
    "a payload from a parameter cannot be told",
    transformPipeline({ MaxPayloadInMB: { Get: "Parameters.Payload" } }),
    [`unknown ${score}.MaxPayloadInMB`],
  ],
  [
    "an unknown pipeline cannot be told",
    declared(PIPELINE, "p", { pipelineDefinition: UNKNOWN }),
    ["unknown pipelineDefinition"],
  ],
  ["a state machine within them passes", transformMachine(), []],
  [
    "a state machine is looked at too",
    transformMachine({ MaxPayloadInMB: 101 }),
    ["fail definition.Score.MaxPayloadInMB", "fail definition.Score.MaxConcurrentTransforms"],
  ],
  ["training is none of its business", trainingJob(), []],
]);
