import { textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, unknownInput } from "../charge";
import { Range } from "../range";
import { runsPerMonth } from "../runsPerMonth";
import type { PricedKind } from "./pricedKind";

/** A schedule of EventBridge Scheduler: how often it fires. The first 14 million of an account are not counted as free. */
export const schedule: PricedKind = {
  types: ["aws:scheduler/schedule:Schedule"],
  charges({ inputs }): readonly ChargeOrNot[] {
    const runs = runsPerMonth(textAt(inputs, "scheduleExpression") ?? "");
    if (runs === undefined) return [unknownInput("invocations", "how often it fires is not known")];
    return [
      {
        what: "invocations",
        service: "AWSEvents",
        usageType: "Scheduler-Invocations",
        quantity: Range.exactly(runs),
        basis: "per-use",
      },
    ];
  },
};
