import { HOURS_PER_MONTH } from "../charge";
import { Decimal } from "../decimal";
import type { Obligation } from "./planAdvice";
import { type Plan, TERM_HOURS, TERM_MONTHS } from "./planRates";

/**
 * Decimals of a commitment, and the least that AWS sells, in US dollars an hour (CreateSavingsPlan: from 0.001 to 1 million,
 * with five digits after the point at most).
 */
const PLACES = 5;
export const LEAST_COMMITMENT = Decimal.of("0.001");

const ONE_PLACE = Decimal.of("0.00001");

/** An amount as a commitment: five decimals, rounded down, so that it never is more than what is used. */
export function asCommitment(amount: Decimal): Decimal {
  const near = amount.rounded(PLACES);
  return near.compare(amount) > 0 ? near.minus(ONE_PLACE) : near;
}

/**
 * What is owed for a commitment. Of Partial Upfront half is paid when it begins; AWS takes more on request
 * (docs.aws.amazon.com/savingsplans/latest/APIReference/API_CreateSavingsPlan.html).
 */
export function obligationOf(commitment: Decimal, { term, payment }: Pick<Plan, "term" | "payment">): Obligation {
  const hours = TERM_HOURS[term];
  const total = commitment.times(Decimal.of(hours));
  const upfront = total.times(Decimal.of(UPFRONT_SHARE[payment]));
  return { hours, total, upfront, monthly: total.minus(upfront).over(Decimal.of(TERM_MONTHS[term])) };
}

const UPFRONT_SHARE: Readonly<Record<Plan["payment"], string>> = {
  "no-upfront": "0",
  "partial-upfront": "0.5",
  "all-upfront": "1",
};

/**
 * Months after which what was paid upfront is earned back by what is not paid on demand; undefined when it never is.
 * @param onDemand what the covered usage costs on demand, in US dollars an hour
 */
export function upfrontMonths({ upfront, monthly }: Obligation, onDemand: Decimal): Decimal | undefined {
  const earned = onDemand.times(Decimal.of(HOURS_PER_MONTH)).minus(monthly);
  if (upfront.isZero) return Decimal.ZERO;
  return earned.compare(Decimal.ZERO) > 0 ? upfront.over(earned, 2) : undefined;
}
