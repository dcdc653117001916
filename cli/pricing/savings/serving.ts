import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { HOURS_PER_MONTH } from "../charge";
import { Decimal } from "../decimal";
import type { PricedStack } from "../pricedStack";
import { at, type Rates, sumOf } from "./rates";
import { type Alternative, CASES, type Case, type Comparison } from "./savings";

const SERVERLESS_VARIANTS = SERVICE_LIMITS.sagemaker.options.serverless.variantsPerRegion;

/** What the stack hosts with. */
export interface Hosting {
  readonly instanceType: string;
  /** Least instances of the endpoint. */
  readonly instances: number;
  readonly volumeGb: number;
}

/** Serving every customer's model in a month: an endpoint each, all behind one, or without instances. */
export function compareServing(stack: PricedStack, rates: Rates, hosting: Hosting): Comparison {
  const { instanceType, instances, volumeGb } = hosting;
  const instance = sumOf(
    at(rates.one("AmazonSageMaker", `Host:${instanceType}`), HOURS_PER_MONTH),
    at(rates.one("AmazonSageMaker", "Host:VolumeUsage.gp2"), volumeGb),
  );
  const second = rates.one("AmazonSageMaker", "ServerlessInf:Mem-1GB");
  const cost = (each: (one: Case) => Decimal | undefined): Alternative["usd"] => {
    const [low, expected, high] = CASES.map(each);
    return low && expected && high ? { low, expected, high } : undefined;
  };
  const answer = (one: Case): Decimal | undefined =>
    at(second, stack.usage.serving.milliseconds[one].over(Decimal.of(1000)));
  const multiModel = at(instance, instances);
  const each = answer("expected");
  const customers = stack.customers.expected;
  return {
    title: "Serving a model for each customer",
    unit: `a month, ${counted(customers)} customers, ${counted(stack.forecasts.expected)} forecasts`,
    alternatives: [
      {
        name: `an endpoint for each customer, ${instanceType}`,
        how: "an instance and its volume for each, around the clock",
        ours: false,
        usd: cost((one) => at(instance, stack.customers[one])),
      },
      {
        name: `one endpoint with many models, ${instances} × ${instanceType}`,
        how: "the least number of instances and their volumes; more of them under load",
        ours: true,
        usd: cost(() => multiModel),
      },
      {
        name: "serverless, 1 GB",
        how: "seconds of answers; each customer's model on an endpoint of its own, or one that picks it by itself",
        ours: false,
        usd: cost((one) => at(answer(one), stack.forecasts[one])),
      },
    ],
    notes: [
      ...(multiModel && each && !each.isZero
        ? [
            `Serverless costs less than one endpoint with many models below ${counted(multiModel.over(each, 0))} forecasts a month: there we lose on price. What the instances are paid for is answers without cold starts, and many models: a Region takes ${SERVERLESS_VARIANTS} serverless variants, and none of them is an endpoint with many models.`,
          ]
        : []),
      ...(multiModel && instance && !instance.isZero
        ? [
            `One endpoint with many models costs what ${instances} customers' endpoints would: from ${instances + 1} customers it is cheaper.`,
          ]
        : []),
    ],
  };
}

function counted(amount: Decimal): string {
  return amount.toNumber().toLocaleString("en-US", { maximumFractionDigits: 0 });
}
