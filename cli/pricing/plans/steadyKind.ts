import type { GraphResource } from "../../../contracts/graph";
import type { SavingsPlanKind } from "../../../contracts/tags";
import type { PricedStack } from "../pricedStack";
import type { Range } from "../range";

/** What a resource uses in every hour, before it is priced. */
export interface FoundUse {
  readonly what: string;
  /** Kind of plan that covers it. */
  readonly kind: SavingsPlanKind;
  /** Usage type of its price, without the Region's prefix. */
  readonly usageType: string;
  /** Units in an hour. What is not known widens it. */
  readonly perHour: Range;
  /** Why it may not be covered: it counts only where a rate of a plan names it. */
  readonly doubt?: string;
}

/** What a resource uses, but no commitment may count on. */
export interface FoundOther {
  readonly what: string;
  readonly why: string;
}

/** A kind of resource whose use a Savings Plan may cover. */
export interface SteadyKind {
  readonly types: readonly string[];
  /** What one resource uses in every hour, and what of it is not steady, not covered, or not known. */
  steady(resource: GraphResource, stack: PricedStack): readonly (FoundUse | FoundOther)[];
}
