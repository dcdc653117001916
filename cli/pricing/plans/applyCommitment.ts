import { Decimal } from "../decimal";

/** What is used in an hour, with its price on demand and under a plan, in US dollars for a unit. */
export interface RatedUse {
  readonly perHour: Decimal;
  readonly onDemand: Decimal;
  readonly rate: Decimal;
}

/** What a commitment does in an hour, in US dollars. */
export interface AppliedCommitment {
  /** Part of the commitment that is used. */
  readonly used: Decimal;
  /** What the covered usage would cost on demand. */
  readonly covered: Decimal;
  /** What is left and paid on demand. */
  readonly uncovered: Decimal;
}

/**
 * Spends an hour's commitment as AWS does: on the usage with the greatest discount first, among equal ones on that with the
 * lowest rate (docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html).
 */
export function applyCommitment(commitment: Decimal, uses: readonly RatedUse[]): AppliedCommitment {
  let left = commitment;
  let covered = Decimal.ZERO;
  let uncovered = Decimal.ZERO;
  for (const { perHour, onDemand, rate } of [...uses].sort(greatestDiscountFirst)) {
    const whole = perHour.times(rate);
    const price = perHour.times(onDemand);
    const taken = Decimal.least([left, whole]);
    const part = taken.compare(whole) === 0 ? price : taken.times(onDemand).over(rate);
    left = left.minus(taken);
    covered = covered.plus(part);
    uncovered = uncovered.plus(price.minus(part));
  }
  return { used: commitment.minus(left), covered, uncovered };
}

/** Compares rate by price without dividing. */
function greatestDiscountFirst(a: RatedUse, b: RatedUse): number {
  return a.rate.times(b.onDemand).compare(b.rate.times(a.onDemand)) || a.rate.compare(b.rate);
}
