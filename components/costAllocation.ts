import { resourceTags, type SavingsPlanIntent, tagProblems, type Workload } from "../contracts/tags";
import type { CheckedInputs } from "./checkedInputs";

/** Who and what the resources of a component are accounted to. */
export interface CostAllocationArgs {
  /** Environment, for example `dev`. Becomes the tag `frugal-ml:environment`. */
  environment?: string;
  /** Who pays. Becomes the tag `frugal-ml:cost-center`. */
  costCenter?: string;
}

/**
 * Tags of a component's resources, from the one place that makes them; problems go to `checks`.
 * @param savingsPlan checked before. Defaults to none
 */
export function componentTags(
  component: string,
  workload: Workload,
  allocation: CostAllocationArgs = {},
  userTags: Record<string, string> = {},
  checks: CheckedInputs,
  savingsPlan?: SavingsPlanIntent,
): Record<string, string> {
  const given = Object.fromEntries(Object.entries(allocation).filter(([, value]) => value !== undefined));
  const problems = [...tagProblems(given, "costAllocation"), ...tagProblems(userTags)];
  checks.add(problems);
  if (problems.length > 0) return {};
  return resourceTags({ component, workload, ...allocation, ...(savingsPlan && { savingsPlan }) }, userTags);
}
