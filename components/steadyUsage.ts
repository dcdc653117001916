import { SageMakerUsage } from "../contracts/priceKey";
import type { SavingsPlanIntent } from "../contracts/tags";

/** What an endpoint uses in every hour, whatever the traffic: what a Savings Plan can be sized by. */
export interface SteadyUsage {
  /** AWS's usage type without its Region prefix, for example `Host:ml.c7g.large`: a price is looked up by it. */
  usageType: string;
  /** Instance hours in an hour: the least number of instances. */
  instanceHours: number;
  /** Instance hours in an hour that the Savings Plan is meant to cover; 0 without one. */
  coveredInstanceHours: number;
  /** Term of that plan; empty without one. */
  term: string;
  /** Payment of that plan; empty without one. */
  payment: string;
}

/** The steady usage of instances that host. */
export function steadyHosting(
  instanceType: string,
  instances: number,
  plan: SavingsPlanIntent | undefined,
): SteadyUsage {
  return {
    usageType: `${SageMakerUsage.Hosting}:${instanceType}`,
    instanceHours: instances,
    coveredInstanceHours: plan === undefined ? 0 : instances * plan.share,
    term: plan?.term ?? "",
    payment: plan?.payment ?? "",
  };
}
