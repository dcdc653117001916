import * as z from "zod";
import { SavingsPlanKind, SavingsPlanPayment, SavingsPlanTerm } from "../../../contracts/tags";

const oneOf = <T extends string>(values: readonly T[]) => z.enum(values, { error: `one of ${values.join(", ")}` });

/** Kind, term and payment of a Savings Plan. */
export const PLAN = {
  kind: oneOf(Object.values(SavingsPlanKind)),
  term: oneOf(Object.values(SavingsPlanTerm)),
  payment: oneOf(Object.values(SavingsPlanPayment)),
};

/** Rates of one Savings Plan in one Region, in US dollars for a unit, by usage type without the Region's prefix. */
export const PlanRates = z.object({
  ...PLAN,
  region: z.string().min(1),
  /** Service whose usage types they are, for example `AmazonSageMaker`. */
  service: z.string().min(1),
  source: z.string(),
  /** ISO date of the source, where it is known. */
  sourceDate: z.string().optional(),
  rates: z.record(z.string().min(1), z.string().regex(/^\d+(\.\d+)?$/)),
});
export type PlanRates = z.output<typeof PlanRates>;

/** Kind, term and payment of a Savings Plan. */
export type Plan = Pick<PlanRates, "kind" | "term" | "payment">;

/** Services that a kind of plan covers and that the price book has. */
export const PLAN_SERVICE: Readonly<Record<SavingsPlanKind, string>> = {
  [SavingsPlanKind.SageMaker]: "AmazonSageMaker",
  [SavingsPlanKind.Compute]: "AWSLambda",
};

/** Hours of each term, as AWS counts them: a year has 365 days (termDurationInSeconds of a SavingsPlan, API reference). */
export const TERM_HOURS: Readonly<Record<SavingsPlanTerm, number>> = {
  [SavingsPlanTerm.OneYear]: 8760,
  [SavingsPlanTerm.ThreeYears]: 26280,
};

/** Months of each term. */
export const TERM_MONTHS: Readonly<Record<SavingsPlanTerm, number>> = {
  [SavingsPlanTerm.OneYear]: 12,
  [SavingsPlanTerm.ThreeYears]: 36,
};

/** Every plan of a kind that AWS sells, from the one that binds least. */
export function plansOf(kind: SavingsPlanKind): readonly Plan[] {
  return Object.values(SavingsPlanTerm).flatMap((term) =>
    Object.values(SavingsPlanPayment).map((payment) => ({ kind, term, payment })),
  );
}

/** The rates of `given` beside those of `known`; where both have a plan in a Region, a rate that is given is taken. */
export function mergeRates(known: readonly PlanRates[], given: readonly PlanRates[]): readonly PlanRates[] {
  const same = (a: PlanRates, b: PlanRates): boolean =>
    (["kind", "term", "payment", "region", "service"] as const).every((name) => a[name] === b[name]);
  const rest = known.flatMap((one): PlanRates[] => {
    const over = given.filter((other) => same(one, other)).flatMap(({ rates }) => Object.keys(rates));
    const rates = Object.fromEntries(Object.entries(one.rates).filter(([usageType]) => !over.includes(usageType)));
    return Object.keys(rates).length === 0 ? [] : [{ ...one, rates }];
  });
  return [...given, ...rest];
}
