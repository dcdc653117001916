import type { Finding, Rule } from "../../contracts/rule";
import { ML_SPENDERS } from "../subjects/machineLearning";

const BUDGET_TYPES = ["aws:budgets/budget:Budget", "aws-native:budgets:Budget"] as const;

/** Somebody is told before the money is spent. */
export const budgetPresent: Rule = {
  id: "budget-present",
  pack: "guardrails",
  severity: "low",
  // Most accounts have their budgets in a stack of their own: a team that wants one in each stack says so.
  enforcement: "advisory",
  onUnknown: "report",
  title: "A stack that trains or serves has a budget",
  why:
    "Without a budget the first to notice a forgotten endpoint is the next bill: up to a month of an ml.g5.xlarge, $1,027.84 " +
    "($1.408 an hour, us-east-1, AWS price list of 2026-09-22). A budget that only notifies costs nothing.",
  fix: "Add an aws.budgets.Budget of type COST with a notification, filtered by the tag frugal-ml:component or by service.",
  docs: "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
  config: {
    required: {
      type: "boolean",
      description: "Whether a stack must have a budget of its own. Off, budgets of the account are trusted.",
      default: false,
    },
  },
  types: ML_SPENDERS,
  check: () => [],

  checkInStack(resource, { config, ofTypes }): readonly Finding[] {
    if (config["required"] !== true) return [];
    const [first] = ofTypes(ML_SPENDERS);
    // Said once for the whole stack, at the first resource that spends.
    if (first?.urn !== resource.urn || ofTypes(BUDGET_TYPES).length > 0) return [];
    return [{ status: "fail", path: "", message: "this stack spends money on machine learning and has no budget" }];
  },
};
