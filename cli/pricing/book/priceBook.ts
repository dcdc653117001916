import type { PriceConfidence, PriceKey } from "../../../contracts/priceKey";
import { priceKeyText } from "../../../contracts/priceKey";
import { Decimal } from "../decimal";
import type { PlanRates } from "../plans/planRates";
import type { BookData } from "./readPriceBook";

/** Part of a price that holds between two amounts used in a month. */
export interface PriceTier {
  readonly from: Decimal;
  /** Absent where the tier has no end. */
  readonly to?: Decimal;
  /** US dollars for `per` units. */
  readonly usd: Decimal;
}

/** A price as the book has it. */
export interface BookPrice extends PriceKey {
  /** What is counted, for example `GB-month`. */
  readonly unit: string;
  /** How many units a price is for: AWS's pages price requests by the thousand or million. */
  readonly per: Decimal;
  readonly tiers: readonly PriceTier[];
  readonly source: string;
  /** ISO date, as exact as it is known. */
  readonly sourceDate: string;
  readonly confidence: PriceConfidence;
}

/** Days after which a book is too old to be trusted without a word. */
const STALE_DAYS = 30;

/** How old a book is. */
export interface BookAge {
  /** Newest source of the book, an ISO date. */
  readonly date: string;
  readonly ageInDays: number;
  /** True when it is older than 30 days. */
  readonly stale: boolean;
}

/** Days from one instant to another, whole days only. */
const DAY_MS = 86_400_000;

type Entry = BookData["entries"][number];

/** Prices with their sources, of one date. */
export class PriceBook {
  /** A stack needs few of them: their decimals are read when they are asked for. */
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #prices = new Map<string, BookPrice>();
  readonly #sources: BookData["sources"];
  readonly #absent: ReadonlyMap<string, string>;
  /** Newest publication among its sources, an ISO date. */
  readonly date: string;
  /** Rates of Savings Plans, as far as they were fetched. */
  readonly planRates: readonly PlanRates[];

  constructor(data: BookData) {
    this.date = data.date;
    this.planRates = data.planRates ?? [];
    this.#sources = data.sources;
    this.#entries = new Map(data.entries.map((entry) => [priceKeyText(entry), entry]));
    this.#absent = new Map(data.absent.map((entry) => [priceKeyText(entry), entry.why]));
  }

  /** All prices, in the order of the book. */
  get prices(): readonly BookPrice[] {
    return [...this.#entries.keys()].flatMap((key) => this.#read(key) ?? []);
  }

  /** The price of a key, or of the world where AWS prices the usage once. */
  find(key: PriceKey): BookPrice | undefined {
    return this.#read(priceKeyText(key)) ?? this.#read(priceKeyText({ ...key, region: "global" }));
  }

  /** Why there is no price, in words. */
  whyAbsent(key: PriceKey): string {
    const why = this.#absent.get(priceKeyText(key));
    return `no price in the book for ${key.usageType} in ${key.region}${why === undefined ? "" : ` (${why})`}`;
  }

  #read(key: string): BookPrice | undefined {
    const known = this.#prices.get(key);
    const entry = this.#entries.get(key);
    if (known !== undefined || entry === undefined) return known;
    const price: BookPrice = {
      service: entry.service,
      region: entry.region,
      usageType: entry.usageType,
      unit: entry.unit,
      per: Decimal.of(entry.per),
      tiers: entry.tiers.map(({ from, to, usd }) => ({
        from: Decimal.of(from),
        ...(to !== undefined && { to: Decimal.of(to) }),
        usd: Decimal.of(usd),
      })),
      source: this.#sources[entry.source] ?? entry.source,
      sourceDate: entry.sourceDate,
      confidence: entry.confidence,
    };
    this.#prices.set(key, price);
    return price;
  }

  /** How old it is on a day, in whole days. */
  age(today: Date): BookAge {
    const since = today.getTime() - new Date(`${this.date}T00:00:00Z`).getTime();
    const ageInDays = Math.max(0, Math.floor(since / DAY_MS));
    return { date: this.date, ageInDays, stale: ageInDays > STALE_DAYS };
  }
}

/** What an amount costs, and how much of it lies beyond the last tier that has a price. */
export interface Cost {
  readonly usd: Decimal;
  readonly beyond: Decimal;
}

/** Prices an amount used in a month, tier by tier. Exact. */
export function costOf({ tiers, per }: BookPrice, amount: Decimal): Cost {
  let usd = Decimal.ZERO;
  let priced = Decimal.ZERO;
  for (const { from, to, usd: rate } of tiers) {
    const end = to === undefined || amount.compare(to) < 0 ? amount : to;
    const used = end.minus(from);
    if (used.compare(Decimal.ZERO) <= 0) continue;
    usd = usd.plus(used.times(rate));
    priced = priced.plus(used);
  }
  return { usd: usd.over(per, MONEY_PLACES), beyond: amount.minus(priced) };
}

/** Money is kept to 1e-12 dollars: a price for a million of something has up to seven places of its own. */
const MONEY_PLACES = 12;
