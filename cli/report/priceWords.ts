import type { BookAge } from "../pricing/book/priceBook";
import type { Decimal } from "../pricing/decimal";
import type { LineItem, PriceResult } from "../pricing/priceResult";
import { Range } from "../pricing/range";
import { groupedBy } from "./groupedBy";

/** A cent: less than half of one would be shown as nothing. */
const LEAST = 0.005;

/** An amount of money to the cent; less than half a cent, but not nothing, says so. */
export function money(amount: Decimal): string {
  const value = amount.toNumber();
  if (value === 0) return "$0.00";
  if (Math.abs(value) < LEAST) return value < 0 ? "> -$0.01" : "< $0.01";
  const text = amount.toString(2);
  return `${value < 0 ? "-" : ""}$${thousandsApart(text.replace("-", ""))}`;
}

/** A decimal text with its thousands apart; the locale's formatter takes 50 ms to load. */
export function thousandsApart(text: string): string {
  const [whole = "0", fraction] = text.split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

/** The expected amount, and between what it lies where that is not known. */
export function moneyRange(range: Range): string {
  return range.isKnown ? money(range.expected) : `${money(range.expected)} (${bounds(range)})`;
}

/** From least to most. */
export function bounds({ low, high }: Range): string {
  return `${money(low)} to ${money(high)}`;
}

/** A change with its sign. */
export function signedMoney(amount: Decimal): string {
  const text = money(amount);
  return amount.toNumber() > 0 && !text.startsWith("<") ? `+${text}` : text;
}

/** A number to four significant digits, with thousands apart. */
export function quantity(amount: Decimal): string {
  const value = amount.toNumber();
  if (value === 0) return "0";
  const places = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
  const text = amount.toString(places);
  return thousandsApart(text.includes(".") ? text.replace(/\.?0+$/, "") : text);
}

/** Items of one resource, with their sum. */
export interface ResourceBill {
  readonly name: string;
  readonly type: string;
  readonly items: readonly LineItem[];
  readonly monthly: Range;
}

/** Bills of the resources of one component, with their sums. */
export interface ComponentBill {
  readonly component: string;
  readonly resources: readonly ResourceBill[];
  readonly monthly: Range;
  readonly fixed: Range;
  readonly perUse: Range;
}

/** The bill by component and resource, the dearest first. */
export function billByComponent({ items }: PriceResult): readonly ComponentBill[] {
  const bills = groupedBy(items, ({ resource }) => resource.component).map(
    ([component, ofComponent]): ComponentBill => {
      const resources = groupedBy(ofComponent, ({ resource }) => resource.urn).map(([, ofResource]): ResourceBill => {
        const [first] = ofResource;
        return {
          name: first?.resource.name ?? "",
          type: first?.resource.type ?? "",
          items: ofResource,
          monthly: sum(ofResource),
        };
      });
      return {
        component,
        resources: [...resources].sort(dearestFirst),
        monthly: sum(ofComponent),
        fixed: sum(ofComponent.filter(({ basis }) => basis === "fixed")),
        perUse: sum(ofComponent.filter(({ basis }) => basis === "per-use")),
      };
    },
  );
  return [...bills].sort(dearestFirst);
}

/** What the prices are of, and how far to trust them, in sentences. */
export function bookSentences({ book, confidence, notPriced }: PriceResult): readonly string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1).replace(/\.0$/, "")} %`;
  const unpriced = notPriced.filter(({ reason }) => reason !== "free").length;
  return [
    `Prices of ${book.date}, ${book.ageInDays} days old${book.oldestUsed ? `; the oldest that is used is of ${book.oldestUsed}` : ""}.`,
    ...staleSentences(book),
    `Of the expected total ${percent(confidence.exact)} rests on AWS's own figures, ${percent(confidence.secondary)} on figures that others read from them, ${percent(confidence.derived)} on derived ones.`,
    `${unpriced} ${unpriced === 1 ? "charge has" : "charges have"} no price and would come on top; free tiers and Savings Plans are not counted.`,
  ];
}

/** That prices are too old, where they are. */
export function staleSentences({ stale }: BookAge): readonly string[] {
  return stale ? ["They are older than 30 days: run frugal-ml prices update."] : [];
}

/** What is not priced, by reason and words, with the resources that it is true of. */
export function notPricedLines({
  notPriced,
}: PriceResult): readonly { readonly text: string; readonly free: boolean }[] {
  const lines = groupedBy(notPriced, ({ reason, why }) => `${reason}: ${why}`).map(([text, all]) => {
    const names = all.map(({ resource, what }) => `${resource.name}${what === "" ? "" : ` (${what})`}`);
    return { text: `${text}: ${names.join(", ")}`, free: all[0]?.reason === "free" };
  });
  return [...lines.filter(({ free }) => !free), ...lines.filter(({ free }) => free)];
}

function sum(items: readonly LineItem[]): Range {
  return Range.sum(items.map(({ monthly }) => monthly));
}

function dearestFirst(a: { readonly monthly: Range }, b: { readonly monthly: Range }): number {
  return b.monthly.expected.compare(a.monthly.expected) || b.monthly.high.compare(a.monthly.high);
}
