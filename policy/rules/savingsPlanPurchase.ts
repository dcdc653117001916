import { typeChain } from "../../contracts/graph";
import type { Rule } from "../../contracts/rule";

/** Component that buys a plan only where what is bought was opted into word for word. */
const OPTED_IN = "frugal-ml:index:SavingsPlanCoverage";

/** Nothing buys a Savings Plan by the way. */
export const savingsPlanPurchase: Rule = {
  id: "savings-plan-purchase",
  pack: "guardrails",
  severity: "critical",
  enforcement: "mandatory",
  // Nothing about it can be unknown: the resource itself is the purchase.
  onUnknown: "fail",
  title: "No program buys a Savings Plan unless that is allowed",
  why:
    "A Savings Plan is owed for one or three years from the moment it is active and cannot be cancelled; destroying the " +
    "resource only removes it from the state (documentation of the resource in @pulumi/aws 7.48). A commitment of $10 an hour is " +
    "$262,800 in three years, and a copied stack buys a second one.",
  fix:
    "Take the resource out, and buy the plan in the Billing console after a look at its recommendations; tag workloads " +
    "with the plan that is meant to cover them. Where purchases by program are meant, buy with SavingsPlanCoverage, whose " +
    "optIn repeats what is bought word for word, or set allowPurchase.",
  docs: "https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html",
  config: {
    allowPurchase: { type: "boolean", description: "Allows Savings Plans to be bought by a program.", default: false },
  },
  types: ["aws:savingsplans/savingsPlan:SavingsPlan"],
  check: ({ urn }, { config }) =>
    config["allowPurchase"] === true || typeChain(urn).includes(OPTED_IN)
      ? []
      : [
          {
            status: "fail",
            path: "",
            message: "buys a commitment that cannot be cancelled; SavingsPlanCoverage asks first, or set allowPurchase",
          },
        ],
};
