import type { PriceComparison } from "../pricing/comparePrices";
import type { Decimal } from "../pricing/decimal";
import type { PlanAdvice } from "../pricing/plans/planAdvice";
import type { PriceResult } from "../pricing/priceResult";
import type { Comparison } from "../pricing/savings/savings";

/** What a report of prices shows. */
export interface PricedStackReport {
  readonly result: PriceResult;
  readonly comparison?: PriceComparison;
  /** The stack against other ways of doing the same. */
  readonly savings?: readonly Comparison[];
  /** Which Savings Plans fit. */
  readonly plans?: PlanAdvice;
  /** Most that the expected bill may be, in US dollars a month. */
  readonly budget?: Decimal;
}

/** True when the expected bill is more than the budget. */
export function overBudget({ result, budget }: PricedStackReport): boolean {
  return budget !== undefined && result.total.expected.compare(budget) > 0;
}
