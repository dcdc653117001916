import type { ResourceGraph } from "../../contracts/graph";
import { endpointQuotas } from "./endpointQuotas";
import { CONCURRENCY, functionQuotas, UNRESERVED } from "./functionQuotas";
import { jobQuotas } from "./jobQuotas";
import { pipelineQuotas } from "./pipelineQuotas";

/** A service quota that an account needs for a stack, in its Region. */
export interface NeededQuota {
  /** Code of the service as Service Quotas spells it, for example `sagemaker`. */
  readonly service: string;
  /** Name of the quota as Service Quotas spells it, for example `ml.c5.xlarge for spot training job usage`. */
  readonly quota: string;
  /** What the stack needs when everything runs at once, with endpoints scaled out. */
  readonly needed: number;
  /** True when something that adds to it is not known yet, so that it may be more. */
  readonly atLeast: boolean;
  /** URNs of the resources that need it. */
  readonly because: readonly string[];
}

/**
 * Lists the quotas that a stack needs, by service and name. What other stacks of the account need comes on top; so
 * does an endpoint's second set of instances while it is updated.
 */
export function neededQuotas({ resources }: ResourceGraph): readonly NeededQuota[] {
  const declared = resources.filter(({ external }) => !external);
  const needs = [
    ...endpointQuotas(declared),
    ...pipelineQuotas(declared),
    ...jobQuotas(declared),
    ...functionQuotas(declared),
  ];
  const sums = new Map<string, { needed: number; atLeast: boolean; readonly because: Set<string> }>();
  for (const { service, quota, needed, atLeast, because } of needs) {
    const key = `${service} ${quota}`;
    const sum = sums.get(key) ?? { needed: quota === CONCURRENCY ? UNRESERVED : 0, atLeast: false, because: new Set() };
    sum.needed += needed;
    sum.atLeast ||= atLeast;
    sum.because.add(because);
    sums.set(key, sum);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { needed, atLeast, because }]) => {
      const [service = "", ...quota] = key.split(" ");
      return { service, quota: quota.join(" "), needed, atLeast, because: [...because] };
    });
}
