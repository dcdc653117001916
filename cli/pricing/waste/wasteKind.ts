import type { LineItem, PricedResource } from "../priceResult";
import type { Range } from "../range";
import type { WasteBill } from "./wasteBill";

/** What a fix changes of a line of the bill: the price of a unit, or how many units are paid. */
export type Lever = "price" | "amount";

/** A line of the bill, and how much of it a fix takes away. */
export interface Claim {
  readonly line: LineItem;
  /** Share of the line's cost, from 0 to 1. */
  readonly share: Range;
  readonly lever: Lever;
}

/** Something that costs more than it has to. */
export interface WasteFinding {
  /** Resources that it is about; there is at least one. */
  readonly resources: readonly PricedResource[];
  /** What there is, in words. */
  readonly what: string;
  /** What to do. */
  readonly fix: string;
  /** What must hold for the fix, which the stack does not tell: at least nothing is saved, when it does not. */
  readonly provided?: string;
  /** Lines that would cost less; none when their prices are not in the book. */
  readonly claims: readonly Claim[];
  /** Why there is no amount, where no line has a price. */
  readonly unpriced?: string;
}

/** Something that may waste, which could not be judged. */
export interface NotJudged {
  readonly resource: PricedResource;
  readonly why: string;
}

/** A kind of waste. */
export interface WasteKind {
  readonly id: string;
  /** In a few words, for example `a function on x86`. */
  readonly title: string;
  find(bill: WasteBill): readonly (WasteFinding | NotJudged)[];
}
