import type { SavingsPlanKind } from "../../../contracts/tags";
import type { Decimal } from "../decimal";
import type { Range } from "../range";
import type { Plan } from "./planRates";
import type { LeftOut, SteadyUse } from "./steadyLoad";

/** What a commitment does at one load. */
export interface LoadCase {
  /** In words, for example `least load, -20 %`. */
  readonly load: string;
  /** What the load costs on demand, in US dollars an hour. */
  readonly onDemand: Decimal;
  /** Share of the commitment that is used, from 0 to 1. */
  readonly utilization: Decimal;
  /** Share of the load that is covered, by its price on demand, from 0 to 1. */
  readonly coverage: Decimal;
  /** US dollars saved in a month of 730 hours; negative where the plan costs more than it saves. */
  readonly monthlySaving: Decimal;
}

/** What is owed for a commitment over its term, in US dollars. */
export interface Obligation {
  readonly hours: number;
  readonly total: Decimal;
  /** Paid when the plan begins. */
  readonly upfront: Decimal;
  /** Paid in each month of the term, besides. */
  readonly monthly: Decimal;
}

/** A use with its rate under a plan. */
export interface RatedLine {
  readonly use: SteadyUse;
  /** US dollars for a unit under the plan. */
  readonly rate: Decimal;
  /** Part of the price on demand that is saved, from 0 to 1. */
  readonly discount: Decimal;
  readonly source: string;
  readonly sourceDate?: string;
}

/** What is known of a plan whose rates are known. */
export interface PlanOffer extends Plan {
  readonly lines: readonly RatedLine[];
  /** Uses that the plan has no rate for, or no lower one than on demand. */
  readonly without: readonly LeftOut[];
  /** Most that the steady load uses in every hour, in US dollars an hour with five decimals, never more; absent below AWS's least. */
  readonly commitment?: Decimal;
  /** What would cover each case of the load, in US dollars an hour. */
  readonly fullCommitment: Range;
  /** What the share that tags mean comes to, in US dollars an hour with five decimals; absent where none names this plan. */
  readonly intended?: Decimal;
  /** Share of the commitment that must be used for the plan to pay, from 0 to 1. */
  readonly breakEvenUtilization: Decimal;
  readonly obligation: Obligation;
  /** Months after which what was paid upfront is earned back; absent where it never is. */
  readonly upfrontMonths?: Decimal;
  /** At the least, expected and greatest load, and at the least one with a fifth less and more. */
  readonly cases: readonly LoadCase[];
}

/** What any plan with a discount would come to. */
export interface DiscountRow {
  /** From 0 to 1. */
  readonly discount: Decimal;
  /** Share of the commitment that must be used for the plan to pay, from 0 to 1. */
  readonly breakEvenUtilization: Decimal;
  /** Most that the steady load uses in every hour, in US dollars an hour with five decimals. */
  readonly commitment: Decimal;
  /** US dollars in a month while all of it is used. */
  readonly monthlySaving: Decimal;
  /** The same while a fifth of the load is gone. */
  readonly monthlySavingAtLess: Decimal;
  /** What is owed for the commitment in one year and in three. */
  readonly oneYear: Decimal;
  readonly threeYears: Decimal;
  /** Months of the first year, for one that is paid all upfront, after which it is earned back. */
  readonly allUpfrontMonths: Decimal;
}

/** Advice on the plans of one kind. */
export interface KindAdvice {
  readonly kind: SavingsPlanKind;
  readonly uses: readonly SteadyUse[];
  /** Steady load by Region, in US dollars an hour on demand. */
  readonly regions: readonly { readonly region: string; readonly onDemand: Range }[];
  /** Steady load in all Regions, in US dollars an hour on demand. */
  readonly onDemand: Range;
  /** Plans with rates, from the one that binds least. */
  readonly offers: readonly PlanOffer[];
  /** What any plan would come to, by its discount; empty where rates are known, or where nothing is steady. */
  readonly byDiscount: readonly DiscountRow[];
  /** The commitment that is used whatever the discount of the table, with five decimals; absent where rates are known. */
  readonly safeWhateverTheDiscount?: Decimal;
  /** What it comes to, in sentences. */
  readonly notes: readonly string[];
}

/** Which Savings Plans fit a stack, as far as can be told. */
export interface PlanAdvice {
  readonly kinds: readonly KindAdvice[];
  /** What no commitment counts on, and why. */
  readonly leftOut: readonly LeftOut[];
  /** What is agreed to by buying, in sentences. */
  readonly conditions: readonly string[];
}
