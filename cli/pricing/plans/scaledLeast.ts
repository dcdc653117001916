import type { GraphResource } from "../../../contracts/graph";
import { inputAt, numberAt, textAt } from "../../quotas/graphInput";
import type { PricedStack } from "../pricedStack";

const SCHEDULED_ACTION = "aws:appautoscaling/scheduledAction:ScheduledAction";

/**
 * The least capacity that scaling goes down to, scheduled actions included; undefined when one of them is not known.
 * A scheduled action that names no least capacity leaves it as it is.
 */
export function scaledLeast(scaling: GraphResource, stack: PricedStack): number | undefined {
  const scaled = textAt(scaling.inputs, "resourceId");
  const scheduled = stack.resources.filter(({ type, dependencies, inputs }) => {
    if (type !== SCHEDULED_ACTION) return false;
    return dependencies.includes(scaling.urn) || (scaled !== undefined && textAt(inputs, "resourceId") === scaled);
  });
  const actions = scheduled.map(({ inputs }) => inputAt(inputs, "scalableTargetAction"));
  const named = actions.filter((action) => action === undefined || inputAt(action, "minCapacity") !== undefined);
  const least = [scaling.inputs, ...named].map((inputs) => numberAt(inputs, "minCapacity"));
  return least.reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.min(a, b)));
}
