import { SavingsPlanKind } from "../../../contracts/tags";
import { HOURS_PER_MONTH } from "../charge";
import { Decimal } from "../decimal";
import { asCommitment, obligationOf, upfrontMonths } from "./commitment";
import type { DiscountRow } from "./planAdvice";

/**
 * Discounts of the table in percent, up to the greatest that AWS advertises for each kind: 64 for SageMaker
 * (aws.amazon.com/savingsplans/ml-pricing), 17 for Lambda (aws.amazon.com/lambda/pricing). None of them is a promise.
 */
export const DISCOUNTS: Readonly<Record<SavingsPlanKind, readonly number[]>> = {
  [SavingsPlanKind.SageMaker]: [10, 20, 30, 40, 50, 64],
  [SavingsPlanKind.Compute]: [5, 10, 15, 17],
};

const ONE = Decimal.of(1);
const LESS = Decimal.of("0.8");

/** What any plan comes to for a load in US dollars an hour on demand, by its discount: for when no rate is known. */
export function discountAdvice(kind: SavingsPlanKind, load: Decimal): readonly DiscountRow[] {
  const month = Decimal.of(HOURS_PER_MONTH);
  return DISCOUNTS[kind].map((percent) => {
    const discount = Decimal.of(percent).over(Decimal.of(100), 2);
    const commitment = commitmentAt(load, discount);
    const oneYear = obligationOf(commitment, { term: "1yr", payment: "all-upfront" });
    return {
      discount,
      breakEvenUtilization: ONE.minus(discount),
      commitment,
      monthlySaving: load.minus(commitment).times(month),
      monthlySavingAtLess: load.times(LESS).minus(commitment).times(month),
      oneYear: oneYear.total,
      threeYears: obligationOf(commitment, { term: "3yr", payment: "all-upfront" }).total,
      allUpfrontMonths: upfrontMonths(oneYear, load) ?? Decimal.ZERO,
    };
  });
}

/** The commitment that is used in every hour whatever the discount of the table turns out to be. */
export function safeCommitment(kind: SavingsPlanKind, load: Decimal): Decimal {
  const greatest = Decimal.of(Math.max(...DISCOUNTS[kind])).over(Decimal.of(100), 2);
  return commitmentAt(load, greatest);
}

function commitmentAt(load: Decimal, discount: Decimal): Decimal {
  return asCommitment(load.times(ONE.minus(discount)));
}
