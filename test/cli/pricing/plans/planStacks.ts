import type { PriceBook } from "../../../../cli/pricing/book/priceBook";
import { shippedBook } from "../../../../cli/pricing/book/readPriceBook";
import { advisePlans } from "../../../../cli/pricing/plans/advisePlans";
import type { KindAdvice, PlanAdvice } from "../../../../cli/pricing/plans/planAdvice";
import { PLAN_SERVICE, type PlanRates } from "../../../../cli/pricing/plans/planRates";
import type { GraphObject, GraphValue } from "../../../../contracts/graph";
import type { SavingsPlanKind } from "../../../../contracts/tags";
import { graphOf, type HandmadeResource, usageWith } from "../pricedGraph";

const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";

/** An endpoint with its configuration, and with what scales it when it is scaled. */
export function endpoint(
  name: string,
  variant: GraphObject,
  { scaling, tags = {} }: { readonly scaling?: GraphObject; readonly tags?: GraphObject } = {},
): readonly HandmadeResource[] {
  return [
    { type: CONFIGURATION, name: `${name}-config`, inputs: { productionVariants: [variant] } },
    {
      type: "aws:sagemaker/endpoint:Endpoint",
      name,
      inputs: { tags },
      on: { endpointConfigName: [`${name}-config`] },
    },
    ...(scaling
      ? [
          {
            type: "aws:appautoscaling/target:Target",
            name: `${name}-scaling`,
            inputs: { serviceNamespace: "sagemaker", ...scaling },
            on: { resourceId: [name] },
          },
        ]
      : []),
  ];
}

/** A function with provisioned concurrency. */
export function provisioned(
  name: string,
  { count, memorySize }: { readonly count: GraphValue; readonly memorySize: GraphValue },
): readonly HandmadeResource[] {
  return [
    { type: "aws:lambda/function:Function", name, inputs: { architectures: ["arm64"], memorySize } },
    {
      type: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
      name: `${name}-concurrency`,
      inputs: { provisionedConcurrentExecutions: count },
      on: { functionName: [name] },
    },
  ];
}

/** Rates of a plan in us-east-1. */
export function rates(
  kind: SavingsPlanKind,
  [term, payment]: readonly [PlanRates["term"], PlanRates["payment"]],
  byUsageType: Readonly<Record<string, string>>,
  region = "us-east-1",
): PlanRates {
  return { kind, term, payment, region, service: PLAN_SERVICE[kind], source: "by hand", rates: { ...byUsageType } };
}

/** Advice on a stack made by hand. */
export function advise(
  resources: readonly HandmadeResource[],
  given: readonly PlanRates[] = [],
  {
    figures = {},
    region = "us-east-1",
    book = shippedBook(),
  }: { figures?: Parameters<typeof usageWith>[0]; region?: string; book?: PriceBook } = {},
): PlanAdvice {
  return advisePlans(graphOf(resources, region), book, usageWith(figures), given);
}

/** The advice on one kind of plan. */
export function ofKind({ kinds }: PlanAdvice, kind: SavingsPlanKind): KindAdvice {
  const found = kinds.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no advice on ${kind}`);
  return found;
}

/** Where what was left out is, and why. */
export function leftOut({ leftOut: all }: PlanAdvice): readonly string[] {
  return all.map(({ resource, what, why }) => `${resource.name}: ${what}: ${why}`);
}
