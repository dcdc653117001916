import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { valueAt } from "../subjects/valueAt";

/** Budgets of Savings Plans have the only limit that AWS takes. */
export const savingsPlanBudget: Rule = {
  id: "savings-plan-budget",
  pack: "guardrails",
  severity: "low",
  enforcement: "mandatory",
  // The limit of another kind of budget may well come from a configuration.
  onUnknown: "report",
  title: "Budgets of Savings Plans have a limit of 100 percent",
  why:
    "AWS Budgets takes no other limit for utilization and coverage (AWS Budgets API reference, Spend): the " +
    "update fails halfway, and nobody is told when a commitment is paid for and not used. Thresholds belong to notifications.",
  fix: 'Set limitAmount to "100" and limitUnit to "PERCENTAGE", and the threshold in notifications.',
  docs: "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html",
  config: {},
  types: ["aws:budgets/budget:Budget"],

  check({ inputs }): readonly Finding[] {
    const type = valueAt(inputs, "budgetType");
    const path = "limitAmount";
    const limit = valueAt(inputs, path);
    const ofPlans = typeof type === "string" && /^SAVINGS_PLANS_/.test(type);
    if (!ofPlans && !isUnknown(type)) return [];
    const isHundred = (typeof limit === "string" || typeof limit === "number") && Number(limit) === 100;
    if (isHundred) return [];
    if (isUnknown(type) || isUnknown(limit))
      return [{ status: "unknown", path, message: "not known yet; it must be 100 for Savings Plans" }];
    return [{ status: "fail", path, message: "it must be 100 for Savings Plans" }];
  },
};
