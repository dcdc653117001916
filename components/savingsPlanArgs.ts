import { type SavingsPlanIntent, SavingsPlanKind, SavingsPlanPayment, SavingsPlanTerm } from "../contracts/tags";
import { type CheckedInputs, oneOf } from "./checkedInputs";

/** A Savings Plan that is meant to cover a workload. It becomes tags and figures; nothing is bought. */
export interface SavingsPlanArgs {
  /** Term of the plan: `1yr` or `3yr`. */
  term: string;
  /** How it is paid: `no-upfront`, `partial-upfront` or `all-upfront`. */
  payment: string;
  /** Share of the steady usage that the plan is to cover, above 0 and at most 1. Defaults to 1. */
  share?: number;
}

/**
 * Checks the argument `savingsPlan` of what SageMaker runs, which SageMaker Savings Plans alone cover.
 * @returns undefined when there is none, or when something is wrong with it
 */
export function checkSavingsPlan(
  given: SavingsPlanArgs | undefined,
  checks: CheckedInputs,
): SavingsPlanIntent | undefined {
  if (given === undefined) return undefined;
  checks.plain("savingsPlan.term", given.term, oneOf<string>(Object.values(SavingsPlanTerm)));
  checks.plain("savingsPlan.payment", given.payment, oneOf<string>(Object.values(SavingsPlanPayment)));
  const share = checks.plain("savingsPlan.share", given.share ?? 1, {
    allowed: "a number above 0 and at most 1",
    test: (value) => value > 0 && value <= 1,
  });
  const term = Object.values(SavingsPlanTerm).find((known) => known === given.term);
  const payment = Object.values(SavingsPlanPayment).find((known) => known === given.payment);
  if (term === undefined || payment === undefined) return undefined;
  return { kind: SavingsPlanKind.SageMaker, term, payment, share };
}
