import type { Decimal } from "../decimal";

/** Cases of use: each takes the low, the expected or the high figure of everything. */
export const CASES = ["low", "expected", "high"] as const;
export type Case = (typeof CASES)[number];

/** One way of doing the same work, and what it costs; absent where the book has no price for it. */
export interface Alternative {
  readonly name: string;
  /** What the cost is made of, in words. */
  readonly how: string;
  /** US dollars in each case of use. */
  readonly usd: Readonly<Record<Case, Decimal>> | undefined;
  /** True for what the stack does. */
  readonly ours: boolean;
}

/** Named ways of doing the same work, from the same usage. */
export interface Comparison {
  readonly title: string;
  /** What the costs are for, for example `1,000 images, each read 10 times`. */
  readonly unit: string;
  readonly alternatives: readonly Alternative[];
  /** Where one becomes cheaper than another, where we lose, and what the figures rest on, in sentences. */
  readonly notes: readonly string[];
}
