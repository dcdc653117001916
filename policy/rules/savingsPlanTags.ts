import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { SavingsPlanKind, SavingsPlanPayment, SavingsPlanTerm, TagKey } from "../../contracts/tags";
import { BILLED_TAGGABLE } from "../subjects/machineLearning";
import { tagValue } from "../subjects/tagValue";

const oneOf = (values: object) => ({
  allowed: `one of ${Object.values(values).join(", ")}`,
  test: (value: GraphValue) => Object.values(values).includes(value),
});

/** The tags that name a Savings Plan, and what each may say. */
const PLAN_TAGS: Readonly<Record<string, { readonly allowed: string; test(value: GraphValue): boolean }>> = {
  [TagKey.SavingsPlan]: oneOf(SavingsPlanKind),
  [TagKey.SavingsPlanTerm]: oneOf(SavingsPlanTerm),
  [TagKey.SavingsPlanPayment]: oneOf(SavingsPlanPayment),
  [TagKey.SavingsPlanShare]: {
    allowed: "a number above 0 and at most 1",
    test: (value) => typeof value === "string" && Number(value) > 0 && Number(value) <= 1,
  },
};

/** What is meant to be covered by a Savings Plan says by which. */
export const savingsPlanTags: Rule = {
  id: "savings-plan-tags",
  pack: "guardrails",
  severity: "low",
  enforcement: "mandatory",
  // Tags may carry values of other resources; then the plan's are known after the update.
  onUnknown: "report",
  title: "Tags that name a Savings Plan name all of it",
  why:
    "Commitments are sized by these tags: a workload whose plan is half named, or of a kind that does not exist, is left " +
    "out of the sum or counted twice. A commitment that is too large is paid for one or three years.",
  fix: `Set all of ${Object.keys(PLAN_TAGS).join(", ")}, or none of them; the components do so with savingsPlan.`,
  docs: "https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html",
  config: {},
  types: BILLED_TAGGABLE,

  check({ inputs }): readonly Finding[] {
    const values = Object.entries(PLAN_TAGS).map(([key, rule]) => ({ key, ...rule, value: tagValue(inputs, key) }));
    // Tags that are not known as a whole say nothing of a plan.
    if (values.every(({ value }) => value === undefined || isUnknown(value))) return [];
    return values.flatMap(({ key, allowed, test, value }): Finding[] => {
      const path = `tags.${key}`;
      if (isUnknown(value)) return [{ status: "unknown", path, message: `not known yet; it must be ${allowed}` }];
      if (value !== undefined && test(value)) return [];
      return [
        { status: "fail", path, message: `${value === undefined ? "absent" : "another value"}; it must be ${allowed}` },
      ];
    });
  },
};
