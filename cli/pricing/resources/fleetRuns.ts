import type { GraphResource } from "../../../contracts/graph";
import { textAt } from "../../quotas/graphInput";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";
import { runsPerMonth } from "../runsPerMonth";

/** Runs in a month of what a resource, or a part of the same component, is started by; the default without a schedule. */
export function fleetRuns(owner: GraphResource | undefined, stack: PricedStack): Range {
  const schedules = stack.resources.filter(
    ({ type, parent }) => type === "aws:scheduler/schedule:Schedule" && owner !== undefined && parent === owner.urn,
  );
  const known = schedules.map(({ inputs }) => runsPerMonth(textAt(inputs, "scheduleExpression") ?? ""));
  const given = stack.usage.training.runsPerMonth;
  if (known.length === 0) return given;
  return Range.sum(known.map((runs) => (runs === undefined ? given : Range.exactly(runs))));
}
