import type { ResourceGraph } from "../../../contracts/graph";
import { SavingsPlanKind } from "../../../contracts/tags";
import type { PriceBook } from "../book/priceBook";
import { Range } from "../range";
import type { Usage } from "../usage/usage";
import { LEAST_COMMITMENT } from "./commitment";
import { discountAdvice, safeCommitment } from "./discountAdvice";
import type { KindAdvice, PlanAdvice } from "./planAdvice";
import { kindNotes, PLAN_CONDITIONS } from "./planNotes";
import { mergeRates, type PlanRates, plansOf } from "./planRates";
import { ratedAdvice } from "./ratedAdvice";
import { type SteadyUse, steadyLoad } from "./steadyLoad";

/**
 * Which Savings Plans fit a stack: from what runs in every hour, with the rates of the book and of the user, or without any
 * as a function of the discount. No commitment is more than the steady load uses.
 * @param given rates that the user gives, which go before those of the book
 */
export function advisePlans(
  graph: ResourceGraph,
  book: PriceBook,
  usage: Usage,
  given: readonly PlanRates[] = [],
): PlanAdvice {
  const rates = mergeRates(book.planRates, given);
  const { uses, leftOut } = steadyLoad(graph, book, usage, ({ service, region, usageType }) =>
    rates.some((one) => one.service === service && one.region === region && Object.hasOwn(one.rates, usageType)),
  );
  const kinds = Object.values(SavingsPlanKind).map((kind) =>
    adviseKind(
      kind,
      uses.filter((use) => use.kind === kind),
      rates,
    ),
  );
  return { kinds, leftOut, conditions: PLAN_CONDITIONS };
}

function adviseKind(kind: SavingsPlanKind, uses: readonly SteadyUse[], rates: readonly PlanRates[]): KindAdvice {
  const onDemandOf = (some: readonly SteadyUse[]): Range =>
    Range.sum(some.map(({ perHour, onDemand }) => perHour.times(Range.exactly(onDemand))));
  const onDemand = onDemandOf(uses);
  const names = [...new Set(uses.map(({ key }) => key.region))].sort();
  const regions = names.map((region) => ({
    region,
    onDemand: onDemandOf(uses.filter(({ key }) => key.region === region)),
  }));
  const offers = plansOf(kind).flatMap((plan) => ratedAdvice(plan, uses, rates) ?? []);
  const safe = safeCommitment(kind, onDemand.low);
  const unrated = offers.length === 0 && safe.compare(LEAST_COMMITMENT) >= 0;
  const advice = {
    kind,
    uses,
    regions,
    onDemand,
    offers,
    byDiscount: unrated ? discountAdvice(kind, onDemand.low) : [],
    ...(unrated && { safeWhateverTheDiscount: safe }),
  };
  return { ...advice, notes: kindNotes(advice) };
}
