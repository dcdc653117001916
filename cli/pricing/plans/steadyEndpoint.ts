import type { GraphObject, GraphResource } from "../../../contracts/graph";
import { SageMakerUsage } from "../../../contracts/priceKey";
import { SavingsPlanKind } from "../../../contracts/tags";
import { inputAt, numberAt, objectsAt, textAt } from "../../quotas/graphInput";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";
import { configurationOf, isAsync, scalingOf } from "../resources/endpoint";
import { scaledLeast } from "./scaledLeast";
import type { FoundOther, FoundUse, SteadyKind } from "./steadyKind";

/** Instances of an endpoint whose number is not known, at most: the default quota of many types. */
const MANY = 4;

const ASYNC_DOUBT =
  "AWS's list of what SageMaker Savings Plans cover does not name asynchronous inference: it counts once a rate names it";

/**
 * An endpoint: the least number of instances of each variant runs in every hour. Provisioned concurrency of serverless
 * variants is steady too, but AWS prices it by the second, and SageMaker Savings Plans by the hour.
 */
export const steadyEndpoint: SteadyKind = {
  types: ["aws:sagemaker/endpoint:Endpoint"],
  steady(resource, stack) {
    const configuration = configurationOf(resource, stack);
    if (configuration === undefined)
      return [{ what: "instances", why: "its configuration is not declared in this stack" }];
    const queued = isAsync(configuration);
    const variants = ["productionVariants", "shadowProductionVariants"].flatMap((property) =>
      objectsAt(configuration.inputs, property),
    );
    if (variants.length === 0) return [{ what: "instances", why: "its variants are not known" }];
    const several = variants.length > 1;
    return variants.flatMap((variant) => variantUse(variant, { several, queued }, resource, stack));
  },
};

function variantUse(
  variant: GraphObject,
  { several, queued }: { readonly several: boolean; readonly queued: boolean },
  resource: GraphResource,
  stack: PricedStack,
): readonly (FoundUse | FoundOther)[] {
  const name = several ? ` of ${textAt(variant, "variantName") ?? "a variant"}` : "";
  const serverless = objectsAt(variant, "serverlessConfig")[0];
  if (serverless) return serverlessUse(serverless, name);
  const instanceType = textAt(variant, "instanceType");
  if (instanceType === undefined) return [{ what: `instances${name}`, why: "the instance type is not known" }];
  return [
    {
      what: `instances${name}`,
      kind: SavingsPlanKind.SageMaker,
      usageType: `${queued ? SageMakerUsage.AsyncHosting : SageMakerUsage.Hosting}:${instanceType}`,
      perHour: instancesOf(variant, { several, queued }, resource, stack),
      ...(queued && { doubt: ASYNC_DOUBT }),
    },
  ];
}

/**
 * Instances that run in every hour. A variant has one at least, unless it may be scaled to none: one that answers later, or
 * with managed scaling (API_ProductionVariant: InitialInstanceCount is 1 at least, MinInstanceCount may be 0).
 */
function instancesOf(
  variant: GraphObject,
  { several, queued }: { readonly several: boolean; readonly queued: boolean },
  resource: GraphResource,
  stack: PricedStack,
): Range {
  const managed = objectsAt(variant, "managedInstanceScaling")[0];
  if (managed) {
    const least = inputAt(managed, "minInstanceCount") === undefined ? 0 : numberAt(managed, "minInstanceCount");
    return least === undefined ? Range.of(0, 1, MANY) : Range.exactly(least);
  }
  const scaling = scalingOf(variant, several, resource, stack);
  const initial = inputAt(variant, "initialInstanceCount");
  const declared = initial === undefined ? 1 : numberAt(variant, "initialInstanceCount");
  if (scaling === undefined) return declared === undefined ? Range.of(1, 1, MANY) : Range.exactly(declared);
  const least = scaledLeast(scaling, stack);
  if (least !== undefined) return Range.exactly(least);
  const most = Math.max(1, numberAt(scaling.inputs, "maxCapacity") ?? MANY);
  return queued ? Range.of(0, 0, most) : Range.of(1, 1, most);
}

function serverlessUse(serverless: GraphObject, name: string): readonly (FoundUse | FoundOther)[] {
  const answers: FoundOther = {
    what: `answers${name}`,
    why: "serverless answers vary with traffic, and SageMaker Savings Plans price by the hour, not by the second",
  };
  const given = inputAt(serverless, "provisionedConcurrency");
  if (given === undefined) return [answers];
  const what = `provisioned concurrency${name}`;
  const count = numberAt(serverless, "provisionedConcurrency");
  const mb = numberAt(serverless, "memorySizeInMb");
  if (count === undefined || mb === undefined)
    return [answers, { what, why: "how much is provisioned, or with how much memory, is not known" }];
  return [
    answers,
    {
      what,
      kind: SavingsPlanKind.SageMaker,
      usageType: `ServerlessInf:ProvisionedConcurrency:Usage-${Math.ceil(mb / 1024)}GB`,
      perHour: Range.exactly(count * 3600),
      doubt:
        "it is steady, but priced by the second, and SageMaker Savings Plans price by the hour: it counts once a rate names it",
    },
  ];
}
