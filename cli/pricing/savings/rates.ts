import type { BookPrice, PriceBook } from "../book/priceBook";
import { Decimal } from "../decimal";

/** Prices of one Region, each for one unit in its first tier, for arithmetic that is not a bill. */
export class Rates {
  readonly #used = new Set<BookPrice>();

  constructor(
    private readonly book: PriceBook,
    readonly region: string,
  ) {}

  /** US dollars for one unit; undefined when the book has no price. */
  one(service: string, usageType: string): Decimal | undefined {
    const price = this.book.find({ service, region: this.region, usageType });
    const tier = price?.tiers[0];
    if (price === undefined || tier === undefined) return undefined;
    this.#used.add(price);
    return tier.usd.over(price.per, 20);
  }

  /** Usage types that were used and whose price was derived, not read. */
  get derived(): readonly string[] {
    return [...this.#used].filter(({ confidence }) => confidence === "derived").map(({ usageType }) => usageType);
  }
}

/** Figures of one case of use. */
export type Figures<G> = { readonly [F in keyof G]: Decimal };

/** A sum; undefined when a part of it is. */
export function sumOf(...parts: readonly (Decimal | undefined)[]): Decimal | undefined {
  return parts.reduce<Decimal | undefined>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum.plus(part)),
    Decimal.ZERO,
  );
}

/** An amount at a rate; undefined when the rate is. */
export function at(rate: Decimal | undefined, amount: Decimal | number): Decimal | undefined {
  return rate?.times(amount instanceof Decimal ? amount : Decimal.of(amount));
}
