import type { Decimal } from "../pricing/decimal";
import type { DiscountRow, KindAdvice, PlanAdvice, PlanOffer } from "../pricing/plans/planAdvice";
import { KIND_NAMES } from "../pricing/plans/planNotes";
import type { Plan } from "../pricing/plans/planRates";
import type { LeftOut, SteadyUse } from "../pricing/plans/steadyLoad";
import type { Range } from "../pricing/range";
import { money, quantity } from "./priceWords";

/** A table of a section. Heads that begin with # are of numbers. */
export interface PlanTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A part of the advice on Savings Plans, the same in every format. */
export interface PlanSection {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly tables: readonly PlanTable[];
}

/** The advice on Savings Plans as sections: one for each kind, what was left out, and what buying agrees to. */
export function planSections({ kinds, leftOut, conditions }: PlanAdvice): readonly PlanSection[] {
  return [
    ...kinds.map(kindSection),
    ...(leftOut.length > 0
      ? [{ title: "No commitment counts on", sentences: leftOutSentences(leftOut), tables: [] }]
      : []),
    { title: "Before buying a Savings Plan", sentences: conditions, tables: [] },
  ];
}

function kindSection(advice: KindAdvice): PlanSection {
  const { kind, uses, regions, onDemand, offers, byDiscount, notes } = advice;
  const without = offers.flatMap((offer) => offer.without.map((one) => ({ offer, one })));
  return {
    title: `${KIND_NAMES[kind]}: ${uses.length === 0 ? "nothing" : hourlyRange(onDemand)} runs in every hour, on demand`,
    sentences: notes,
    tables: [
      ...(uses.length > 0 ? [usesTable(uses)] : []),
      ...(regions.length > 1
        ? [
            {
              heads: ["Region", "#an hour on demand"],
              rows: regions.map((one) => [one.region, hourlyRange(one.onDemand)]),
            },
          ]
        : []),
      ...(offers.length > 0 ? [offersTable(offers), casesTable(offers), ratesTable(offers)] : []),
      ...(without.length > 0
        ? [
            {
              heads: ["plan", "resource", "on demand all the same, because"],
              rows: without.map(({ offer, one }) => [planName(offer), `${one.resource.name}: ${one.what}`, one.why]),
            },
          ]
        : []),
      ...(byDiscount.length > 0 ? [discountsTable(byDiscount)] : []),
    ],
  };
}

function usesTable(uses: readonly SteadyUse[]): PlanTable {
  return {
    heads: ["steady load", "Region", "usage type", "#units an hour", "#a unit on demand", "meant for"],
    rows: uses.map(({ resource, what, key, unit, perHour, onDemand, intent }) => [
      `${resource.name}: ${what}`,
      key.region,
      key.usageType,
      `${perHour.isKnown ? quantity(perHour.low) : `${quantity(perHour.low)} to ${quantity(perHour.high)}`} ${unit}s`,
      `$${onDemand}`,
      intent ? `${planName(intent)}, ${percent(intent.share)}` : "–",
    ]),
  };
}

function offersTable(offers: readonly PlanOffer[]): PlanTable {
  return {
    heads: [
      "plan",
      "#largest safe commitment",
      "#covers all from",
      "#meant by tags",
      "#pays above",
      "#owed in all",
      "#upfront",
      "#each month",
      "#upfront earned back after",
    ],
    rows: offers.map((offer) => [
      planName(offer),
      offer.commitment ? hourly(offer.commitment) : "none",
      hourlyRange(offer.fullCommitment),
      offer.intended ? hourly(offer.intended) : "–",
      `${percent(offer.breakEvenUtilization.toNumber())} used`,
      money(offer.obligation.total),
      money(offer.obligation.upfront),
      money(offer.obligation.monthly),
      offer.upfrontMonths === undefined ? "–" : months(offer.upfrontMonths),
    ]),
  };
}

function casesTable(offers: readonly PlanOffer[]): PlanTable {
  return {
    heads: ["plan", "at", "#on demand", "#of the plan used", "#of the load covered", "#saved a month"],
    rows: offers.flatMap((offer) =>
      offer.cases.map(({ load, onDemand, utilization, coverage, monthlySaving }) => [
        planName(offer),
        load,
        hourly(onDemand),
        percent(utilization.toNumber()),
        percent(coverage.toNumber()),
        money(monthlySaving),
      ]),
    ),
  };
}

function ratesTable(offers: readonly PlanOffer[]): PlanTable {
  return {
    heads: ["plan", "resource", "Region", "#rate", "#discount"],
    rows: offers.flatMap((offer) =>
      offer.lines.map(({ use, rate, discount }) => [
        planName(offer),
        `${use.resource.name}: ${use.what}`,
        use.key.region,
        `$${rate}`,
        percent(discount.toNumber()),
      ]),
    ),
  };
}

function discountsTable(rows: readonly DiscountRow[]): PlanTable {
  return {
    heads: [
      "#discount",
      "#pays above",
      "#largest safe commitment",
      "#saved a month, all used",
      "#with 20 % less load",
      "#owed in 1 year",
      "#owed in 3 years",
      "#1 year all upfront earned back after",
    ],
    rows: rows.map((row) => [
      percent(row.discount.toNumber()),
      `${percent(row.breakEvenUtilization.toNumber())} used`,
      hourly(row.commitment),
      money(row.monthlySaving),
      money(row.monthlySavingAtLess),
      money(row.oneYear),
      money(row.threeYears),
      months(row.allUpfrontMonths),
    ]),
  };
}

/** What was left out, by why. */
function leftOutSentences(leftOut: readonly LeftOut[]): readonly string[] {
  const whys = [...new Set(leftOut.map(({ why }) => why))];
  return whys.map((why) => {
    const same = leftOut.filter((one) => one.why === why).map(({ resource, what }) => `${resource.name} (${what})`);
    return `${same.join(", ")}: ${why}`;
  });
}

function planName({ term, payment }: Pick<Plan, "term" | "payment">): string {
  return `${term === "1yr" ? "1 year" : "3 years"}, ${payment.replace("-", " ")}`;
}

/** An amount for an hour, to the five decimals of a commitment. */
function hourly(amount: Decimal): string {
  return `$${amount.toString(5)}`;
}

function hourlyRange({ low, high, isKnown }: Range): string {
  return isKnown ? hourly(low) : `${hourly(low)} to ${hourly(high)}`;
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: 1 })} %`;
}

function months(count: Decimal): string {
  return `${count.toNumber().toLocaleString("en-US", { maximumFractionDigits: 1 })} months`;
}
