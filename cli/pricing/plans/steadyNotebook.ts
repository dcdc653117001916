import { SageMakerUsage } from "../../../contracts/priceKey";
import { SavingsPlanKind } from "../../../contracts/tags";
import { textAt } from "../../quotas/graphInput";
import { HOURS_PER_MONTH } from "../charge";
import type { Decimal } from "../decimal";
import { Range } from "../range";
import type { SteadyKind } from "./steadyKind";

/** A notebook instance: steady only where it runs in every hour of the month. */
export const steadyNotebook: SteadyKind = {
  types: ["aws:sagemaker/notebookInstance:NotebookInstance"],
  steady(resource, stack) {
    const what = "instance";
    const instanceType = textAt(resource.inputs, "instanceType");
    if (instanceType === undefined) return [{ what, why: "the instance type is not known" }];
    const hours = stack.quantity(resource, "hours", stack.usage.notebooks.hours);
    const always = (amount: Decimal): number => (amount.toNumber() >= HOURS_PER_MONTH ? 1 : 0);
    return [
      {
        what,
        kind: SavingsPlanKind.SageMaker,
        usageType: `${SageMakerUsage.Notebook}:${instanceType}`,
        perHour: Range.of(always(hours.low), always(hours.expected), always(hours.high)),
      },
    ];
  },
};
