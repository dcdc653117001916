import { HOURS_PER_MONTH } from "../charge";
import { Decimal } from "../decimal";
import { Range } from "../range";
import { applyCommitment } from "./applyCommitment";
import { asCommitment, LEAST_COMMITMENT, obligationOf, upfrontMonths } from "./commitment";
import type { LoadCase, PlanOffer, RatedLine } from "./planAdvice";
import type { Plan, PlanRates } from "./planRates";
import type { LeftOut, SteadyUse } from "./steadyLoad";

const ONE = Decimal.of(1);

/** Part by which the load is varied. */
const FIFTH = Decimal.of("0.2");

/** Places of shares. */
const PLACES = 4;

/** Advice on a plan whose rates are known for a part of the uses; undefined when it has a rate for none of them. */
export function ratedAdvice(
  plan: Plan,
  uses: readonly SteadyUse[],
  rates: readonly PlanRates[],
): PlanOffer | undefined {
  const lines: RatedLine[] = [];
  const without: LeftOut[] = [];
  let known = 0;
  for (const use of uses) {
    const { resource, what, key, onDemand } = use;
    const found = rates.find(
      (one) =>
        one.kind === plan.kind &&
        one.term === plan.term &&
        one.payment === plan.payment &&
        one.service === key.service &&
        one.region === key.region &&
        Object.hasOwn(one.rates, key.usageType),
    );
    const text = found?.rates[key.usageType];
    if (found === undefined || text === undefined) {
      without.push({ resource, what, why: `the plan has no rate for ${key.usageType} in ${key.region}` });
      continue;
    }
    known++;
    const rate = Decimal.of(text);
    if (rate.compare(onDemand) >= 0) {
      without.push({ resource, what, why: `its rate $${rate} is not below the price on demand, $${onDemand}` });
      continue;
    }
    const { source, sourceDate } = found;
    const discount = ONE.minus(rate.over(onDemand, PLACES));
    lines.push({ use, rate, discount, source, ...(sourceDate !== undefined && { sourceDate }) });
  }
  if (known === 0) return undefined;
  const fullCommitment = Range.sum(lines.map(({ use, rate }) => use.perHour.times(Range.exactly(rate))));
  const onDemand = Range.sum(lines.map(({ use }) => use.perHour.times(Range.exactly(use.onDemand))));
  const commitment = asCommitment(fullCommitment.low);
  const sold = commitment.compare(LEAST_COMMITMENT) >= 0;
  const obligation = obligationOf(sold ? commitment : Decimal.ZERO, plan);
  const months = upfrontMonths(obligation, onDemand.low);
  const intended = intendedCommitment(plan, lines);
  return {
    ...plan,
    lines,
    without,
    ...(sold && { commitment }),
    fullCommitment,
    ...(intended !== undefined && { intended }),
    breakEvenUtilization: onDemand.low.isZero ? ONE : fullCommitment.low.over(onDemand.low, PLACES),
    obligation,
    ...(sold && months !== undefined && { upfrontMonths: months }),
    cases: sold ? casesOf(commitment, lines, onDemand.isKnown) : [],
  };
}

function casesOf(commitment: Decimal, lines: readonly RatedLine[], known: boolean): readonly LoadCase[] {
  const at = (load: string, scale: Decimal, which: "low" | "expected" | "high" = "low"): LoadCase => {
    const applied = applyCommitment(
      commitment,
      lines.map(({ use, rate }) => ({ perHour: use.perHour[which].times(scale), onDemand: use.onDemand, rate })),
    );
    const onDemand = applied.covered.plus(applied.uncovered);
    const saving = applied.covered.minus(commitment);
    return {
      load,
      onDemand,
      utilization: applied.used.over(commitment, PLACES),
      coverage: onDemand.isZero ? Decimal.ZERO : applied.covered.over(onDemand, PLACES),
      monthlySaving: saving.times(Decimal.of(HOURS_PER_MONTH)),
    };
  };
  return [
    at(known ? "steady load" : "least load", ONE),
    ...(known ? [] : [at("expected load", ONE, "expected"), at("greatest load", ONE, "high")]),
    at(`${known ? "steady" : "least"} load, 20 % less`, ONE.minus(FIFTH)),
    at(`${known ? "steady" : "least"} load, 20 % more`, ONE.plus(FIFTH)),
  ];
}

/** What the shares that tags mean come to, where they name this plan. */
function intendedCommitment({ term, payment }: Plan, lines: readonly RatedLine[]): Decimal | undefined {
  const meant = lines.flatMap(({ use: { intent, perHour }, rate }) => {
    if (intent?.term !== term || intent.payment !== payment) return [];
    return [perHour.low.times(rate).times(Decimal.of(intent.share))];
  });
  return meant.length === 0 ? undefined : asCommitment(meant.reduce((sum, one) => sum.plus(one)));
}
