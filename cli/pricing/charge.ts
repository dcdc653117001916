import type { PriceKey } from "../../contracts/priceKey";
import type { Range } from "./range";

/** Whether an amount is paid for being there, or for what is done. */
export type CostBasis = "fixed" | "per-use";

/** One thing that a resource is charged for in a month, before it is priced. */
export interface Charge {
  /** In words, for example `storage`. */
  readonly what: string;
  /** Service and usage type of the price; the Region is the resource's. */
  readonly service: PriceKey["service"];
  readonly usageType: PriceKey["usageType"];
  /** Usage types that may be the right one instead, as far as the program tells: the range of their prices is taken. */
  readonly or?: readonly string[];
  /** Amount used in a month, in the price's unit. */
  readonly quantity: Range;
  readonly basis: CostBasis;
  /** Share of the price that is paid, for example what a discount leaves. Defaults to all of it. */
  readonly share?: Range;
}

/** Why something has no price. */
export const NotPricedReason = {
  Free: "free",
  NoPrice: "no price in the book",
  UnknownInput: "unknown input",
  UnknownKind: "kind not known",
} as const;
export type NotPricedReason = (typeof NotPricedReason)[keyof typeof NotPricedReason];

/** Something that is not priced, and why. */
export interface Unpriced {
  readonly what: string;
  readonly reason: NotPricedReason;
  readonly why: string;
}

/** What a resource is charged for, and what of it could not be told. */
export type ChargeOrNot = Charge | Unpriced;

/** Hours of a month, as AWS's calculators count them. */
export const HOURS_PER_MONTH = 730;

/** Bytes of a GB on AWS's bills. */
export const GB = 1024 ** 3;

/** Something that the program does not tell. */
export function unknownInput(what: string, why: string): Unpriced {
  return { what, reason: NotPricedReason.UnknownInput, why };
}
