import type { PriceConfidence, PriceKey } from "../../contracts/priceKey";
import type { BookAge } from "./book/priceBook";
import type { CostBasis, NotPricedReason } from "./charge";
import type { Range } from "./range";

/** A resource as a price names it. */
export interface PricedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Outermost component that it belongs to, as `TrainingFleet forecast`; `the stack` for what is in none. */
  readonly component: string;
  /** What it works for, as its tags or its component's say; empty when nothing says. */
  readonly workload: string;
}

/** The price of one unit, as the book has it. */
export interface UnitPrice {
  readonly key: PriceKey;
  /** US dollars for `per` units, in the first tier. */
  readonly usd: string;
  readonly per: string;
  readonly unit: string;
  readonly source: string;
  readonly sourceDate: string;
  readonly confidence: PriceConfidence;
}

/** One line of the bill: what a resource is charged for in a month. */
export interface LineItem {
  readonly resource: PricedResource;
  readonly what: string;
  /** Amount used in a month, in the price's unit. */
  readonly quantity: Range;
  readonly price: UnitPrice;
  /** US dollars in a month. */
  readonly monthly: Range;
  readonly basis: CostBasis;
}

/** A resource, or a part of one, that is not priced. */
export interface NotPriced {
  readonly resource: PricedResource;
  readonly what: string;
  readonly reason: NotPricedReason;
  readonly why: string;
  /** What the book would need a price of, where that is known. */
  readonly usageType?: string;
}

/** A cost for so many of something, with low, expected and high use. */
export interface UnitCost {
  readonly what: string;
  /** Null where a case has none of it. */
  readonly usd: { readonly low: string | null; readonly expected: string | null; readonly high: string | null };
}

/** A quantity of the usage file that no resource of a stack asked for. */
export interface UnaskedUsage {
  readonly resource: string;
  readonly quantity: string;
  /** Quantities that the resource has; none when there is no such resource. */
  readonly known: readonly string[];
}

/** What a stack costs in a month. */
export interface PriceResult {
  readonly project: string;
  readonly stack: string;
  readonly items: readonly LineItem[];
  readonly notPriced: readonly NotPriced[];
  readonly total: Range;
  readonly fixed: Range;
  readonly perUse: Range;
  readonly unitCosts: readonly UnitCost[];
  readonly unaskedUsage: readonly UnaskedUsage[];
  /** Shares of the expected total by confidence of the prices, from 0 to 1. */
  readonly confidence: Readonly<Record<PriceConfidence, number>>;
  /** With the oldest source of a price that was used; absent when none was. */
  readonly book: BookAge & { readonly oldestUsed?: string };
}
