import type { GraphObject, GraphResource } from "../../../contracts/graph";
import { SageMakerUsage } from "../../../contracts/priceKey";
import { inputAt, numberAt, objectsAt, textAt } from "../../quotas/graphInput";
import { type Charge, type ChargeOrNot, GB, HOURS_PER_MONTH, unknownInput } from "../charge";
import { Decimal } from "../decimal";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

const SERVICE = "AmazonSageMaker";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const SCALING = "aws:appautoscaling/target:Target";

/**
 * An endpoint with the variants of its configuration: instances from the least to the most that scaling may start, the
 * least expected; their volumes; what goes in and out. Serverless variants pay for the seconds of their answers,
 * asynchronous ones have a price of their own, and may have no instances while nothing is asked.
 */
export const endpoint: PricedKind = {
  types: ["aws:sagemaker/endpoint:Endpoint"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const configuration = configurationOf(resource, stack);
    if (configuration === undefined)
      return [unknownInput("instances", "its configuration is not declared in this stack")];
    const component = isAsync(configuration) ? SageMakerUsage.AsyncHosting : SageMakerUsage.Hosting;
    const variants = variantsOf(configuration);
    if (variants.length === 0) return [unknownInput("instances", "its variants are not known")];
    const several = variants.length > 1;
    return [
      ...variants.flatMap((variant) => variantCharges(variant, several, component, resource, stack)),
      ...dataCharges(resource, stack),
    ];
  },
};

/** Variants of a configuration, those that shadow others too. */
export function variantsOf({ inputs }: GraphResource): readonly GraphObject[] {
  return ["productionVariants", "shadowProductionVariants"].flatMap((property) => objectsAt(inputs, property));
}

/** What the names of a variant's charges end with: nothing when it is the only one. */
export function variantLabel(variant: GraphObject, several: boolean): string {
  return several ? ` of ${textAt(variant, "variantName") ?? "a variant"}` : "";
}

/** The configuration of an endpoint, by what it depends on or by name; undefined when another stack has it. */
export function configurationOf(resource: GraphResource, stack: PricedStack): GraphResource | undefined {
  const [linked] = stack.dependencies(resource, CONFIGURATION);
  if (linked) return linked;
  const named = textAt(resource.inputs, "endpointConfigName");
  return stack.resources.find(({ type, inputs, id }) => {
    return type === CONFIGURATION && named !== undefined && [id, textAt(inputs, "name")].includes(named);
  });
}

/** True when an endpoint's configuration queues requests in S3. */
export function isAsync({ inputs }: GraphResource): boolean {
  return inputAt(inputs, "asyncInferenceConfig") !== undefined;
}

function variantCharges(
  variant: GraphObject,
  several: boolean,
  component: typeof SageMakerUsage.Hosting | typeof SageMakerUsage.AsyncHosting,
  resource: GraphResource,
  stack: PricedStack,
): readonly ChargeOrNot[] {
  const name = variantLabel(variant, several);
  const serverless = objectsAt(variant, "serverlessConfig")[0];
  if (serverless) return serverlessCharges(serverless, name, resource, stack);
  const instanceType = textAt(variant, "instanceType");
  if (instanceType === undefined) return [unknownInput(`instances${name}`, "the instance type is not known")];
  const instances = stack.quantity(resource, "instances", instancesOf(variant, several, resource, stack));
  const volume = numberAt(variant, "volumeSizeInGb");
  const gb = volume === undefined ? stack.usage.serving.volumeGb : Range.exactly(volume);
  return [
    {
      what: `instances${name}`,
      service: SERVICE,
      usageType: `${component}:${instanceType}`,
      quantity: instances.times(HOURS_PER_MONTH),
      basis: "fixed",
    },
    {
      what: `volumes${name}`,
      service: SERVICE,
      usageType: "Host:VolumeUsage.gp2",
      quantity: instances.times(gb),
      basis: "fixed",
    },
  ];
}

function instancesOf(variant: GraphObject, several: boolean, resource: GraphResource, stack: PricedStack): Range {
  const initial =
    inputAt(variant, "initialInstanceCount") === undefined ? 1 : numberAt(variant, "initialInstanceCount");
  const scaling = scalingOf(variant, several, resource, stack);
  if (scaling === undefined) return initial === undefined ? Range.of(1, 1, MANY) : Range.exactly(initial);
  const least = numberAt(scaling.inputs, "minCapacity") ?? initial ?? 1;
  const most = Math.max(numberAt(scaling.inputs, "maxCapacity") ?? MANY, least);
  // What scales to none runs for as long as it is asked: on one instance, on all of them at most.
  const { expected, high } = stack.usage.serving.busyShare;
  if (least === 0) return Range.of(Decimal.ZERO, expected, high.times(Decimal.of(Math.max(most, 1))));
  return Range.of(least, least, most);
}

/** Instances of an endpoint whose number is not known, at most: the default quota of many types. */
const MANY = 4;

/** What scales a variant of an endpoint. */
export function scalingOf(
  variant: GraphObject,
  several: boolean,
  resource: GraphResource,
  stack: PricedStack,
): GraphResource | undefined {
  return stack.resources.find(({ type, inputs, dependencies }) => {
    if (type !== SCALING || textAt(inputs, "serviceNamespace") !== "sagemaker") return false;
    const [, name, , scaled] = textAt(inputs, "resourceId")?.split("/") ?? [];
    const names = [resource.id, textAt(resource.inputs, "name")];
    if (!dependencies.includes(resource.urn) && !(name !== undefined && names.includes(name))) return false;
    return !several || scaled === undefined || scaled === textAt(variant, "variantName");
  });
}

function serverlessCharges(
  serverless: GraphObject,
  name: string,
  resource: GraphResource,
  stack: PricedStack,
): readonly ChargeOrNot[] {
  const mb = numberAt(serverless, "memorySizeInMb");
  const size = mb === undefined ? undefined : Math.ceil(mb / 1024);
  const sizes = size === undefined ? [1, 2, 3, 4, 5, 6] : [size];
  const [first, ...others] = sizes.map((gb) => `ServerlessInf:Mem-${gb}GB`);
  if (first === undefined) return [];
  const requests = stack.quantity(resource, "requests", stack.forecasts);
  const each = stack.quantity(resource, "milliseconds", stack.usage.serving.milliseconds);
  const seconds: Charge = {
    what: `answers${name}`,
    service: SERVICE,
    usageType: first,
    ...(others.length > 0 && { or: others }),
    quantity: requests.times(each).over(1000),
    basis: "per-use",
  };
  const provisioned =
    inputAt(serverless, "provisionedConcurrency") === undefined ? 0 : numberAt(serverless, "provisionedConcurrency");
  if (provisioned === 0) return [seconds];
  if (provisioned === undefined) return [seconds, unknownInput(`provisioned concurrency${name}`, "it is not known")];
  return [
    seconds,
    {
      what: `provisioned concurrency${name}`,
      service: SERVICE,
      usageType: `ServerlessInf:ProvisionedConcurrency:Usage-${sizes[0]}GB`,
      quantity: Range.exactly(provisioned * HOURS_PER_MONTH * 3600),
      basis: "fixed",
    },
  ];
}

function dataCharges(resource: GraphResource, stack: PricedStack): readonly Charge[] {
  const { requestBytes, answerBytes } = stack.usage.serving;
  const requests = stack.quantity(resource, "requests", stack.forecasts);
  return [
    { what: "bytes in", usageType: "Hst:Data-Bytes-In", bytes: requestBytes },
    { what: "bytes out", usageType: "Hst:Data-Bytes-Out", bytes: answerBytes },
  ].map(({ what, usageType, bytes }) => ({
    what,
    service: SERVICE,
    usageType,
    quantity: requests.times(bytes).over(GB),
    basis: "per-use",
  }));
}
