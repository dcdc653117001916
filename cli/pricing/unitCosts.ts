import { Workload } from "../../contracts/tags";
import type { Decimal } from "./decimal";
import type { PricedStack } from "./pricedStack";
import type { LineItem, UnitCost } from "./priceResult";
import { Range } from "./range";

/** Places of a unit cost: a thousandth of a cent. */
const PLACES = 5;

/** Costs for 1,000 images read, for a customer, and for 1,000 forecasts, of the workloads that a stack has. */
export function unitCosts(items: readonly LineItem[], stack: PricedStack): readonly UnitCost[] {
  const of = (...workloads: readonly string[]): Range =>
    Range.sum(items.filter(({ resource }) => workloads.includes(resource.workload)).map(({ monthly }) => monthly));
  const has = (workload: string): boolean => items.some(({ resource }) => resource.workload === workload);
  const { Preprocessing, Training, Inference } = Workload;
  return [
    ...(has(Preprocessing) ? [unitCost("1,000 images read", of(Preprocessing), stack.imageReads.over(1000))] : []),
    ...(has(Training) || has(Inference)
      ? [unitCost("a customer and month", of(Training, Inference), stack.customers)]
      : []),
    ...(has(Inference) ? [unitCost("1,000 forecasts", of(Inference), stack.forecasts.over(1000))] : []),
  ];
}

function unitCost(what: string, total: Range, count: Range): UnitCost {
  const each = (sum: Decimal, divisor: Decimal): string | null =>
    divisor.isZero ? null : sum.over(divisor, PLACES).toString(PLACES);
  return {
    what,
    usd: {
      low: each(total.low, count.low),
      expected: each(total.expected, count.expected),
      high: each(total.high, count.high),
    },
  };
}
