import type { GraphObject, GraphResource, ResourceGraph } from "../../contracts/graph";
import { Range } from "../pricing/range";
import { type Usage, usageOf } from "../pricing/usage/usage";
import type { Instances } from "./capacity";
import type { Workload } from "./workload";

/** A stack that does nothing but answer a workload, and how much it is used: what `frugal-ml price` prices. */
export interface OptionStack {
  readonly graph: ResourceGraph;
  readonly usage: Usage;
}

/** Runs of a job a day, in a month of 730 hours. */
export const RUNS_PER_MONTH = 730 / 24;

/** GB of an endpoint's volumes, as the components have it. */
export const VOLUME_GB = 30;

/** An endpoint on instances. */
export function instancesStack(
  workload: Workload,
  { type, instances, queued }: { readonly type: string; readonly instances: Instances; readonly queued: boolean },
): OptionStack {
  const variant = { variantName: "AllTraffic", instanceType: type, initialInstanceCount: 1, volumeSizeInGb: VOLUME_GB };
  const { low, expected, high } = instances;
  return endpointStack(workload, variant, { instances: Range.of(low, expected, high) }, queued);
}

/** An endpoint without instances. */
export function serverlessStack(workload: Workload, memoryMb: number): OptionStack {
  const variant = { variantName: "AllTraffic", serverlessConfig: { memorySizeInMb: memoryMb, maxConcurrency: 1 } };
  return endpointStack(workload, variant, { milliseconds: Range.exactly(workload.durationMs) }, false);
}

function endpointStack(
  workload: Workload,
  variant: GraphObject,
  quantities: Readonly<Record<string, Range>>,
  queued: boolean,
): OptionStack {
  const configuration = declared(
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    "configuration",
    workload,
    {
      productionVariants: [variant],
      ...(queued && { asyncInferenceConfig: { outputConfig: { s3OutputPath: "s3://answers/" } } }),
    },
  );
  const endpoint: GraphResource = {
    ...declared("aws:sagemaker/endpoint:Endpoint", "endpoint", workload, {}),
    dependencies: [configuration.urn],
  };
  const requests = Range.exactly(workload.requestsPerMonth);
  return stackOf(workload, [configuration, endpoint], { endpoint: { requests, ...quantities } });
}

/** A job of one instance type for each model, which is started once a day. */
export function jobStack(workload: Workload, type: string, minutes: Range): OptionStack {
  const resources = { InstanceType: type, InstanceCount: 1 };
  const step = { Name: "Transform", Type: "Transform", Arguments: { TransformResources: resources } };
  const pipelineDefinition = JSON.stringify({ Version: "2020-12-01", Steps: [step] });
  const pipeline = declared("aws:sagemaker/pipeline:Pipeline", "pipeline", workload, { pipelineDefinition });
  const quantities = { runs: Range.exactly(RUNS_PER_MONTH * workload.models), transformMinutes: minutes };
  return stackOf(workload, [pipeline], { pipeline: quantities });
}

/** An arm64 function behind an HTTP API. */
export function functionStack(workload: Workload, memorySize: number): OptionStack {
  const fn = declared("aws:lambda/function:Function", "function", workload, { memorySize, architectures: ["arm64"] });
  const api = declared("aws:apigatewayv2/api:Api", "api", workload, { protocolType: "HTTP" });
  const requests = Range.exactly(workload.requestsPerMonth);
  const milliseconds = Range.exactly(workload.durationMs);
  return stackOf(workload, [fn, api], { function: { requests, milliseconds }, api: { requests } });
}

function stackOf(
  { payloadBytes, answerBytes }: Workload,
  resources: readonly GraphResource[],
  quantities: Readonly<Record<string, Readonly<Record<string, Range>>>>,
): OptionStack {
  const serving = { requestBytes: Range.exactly(payloadBytes), answerBytes: Range.exactly(answerBytes) };
  return {
    graph: { project: "workload", stack: "option", mode: "preview", resources, outputs: {}, placeholders: [] },
    usage: usageOf({ groups: { serving }, resources: quantities }),
  };
}

function declared(type: string, name: string, { region }: Workload, inputs: GraphObject): GraphResource {
  return {
    urn: `urn:pulumi:option::workload::${type}::${name}`,
    type,
    name,
    custom: true,
    inputs: { ...inputs, region },
    dependencies: [],
    propertyDependencies: {},
    options: {},
  };
}
