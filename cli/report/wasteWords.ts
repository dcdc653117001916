import type { WasteResult } from "../pricing/waste/findWaste";
import type { SettledWaste } from "../pricing/waste/settleWaste";
import { bookSentences, bounds, money, moneyRange, notPricedLines } from "./priceWords";
import { type WasteReport, wastesTooMuch } from "./wasteReport";

/** The verdict in one sentence. */
export function wasteHeadline({ result }: WasteReport): string {
  const { total, prices } = result;
  return `${money(total.expected)} of ${money(prices.total.expected)} a month expected to be wasted, ${bounds(total)}`;
}

/** What the budget of waste says; nothing without one. */
export function failOnSentences(report: WasteReport): readonly string[] {
  const { failOn } = report;
  if (failOn === undefined) return [];
  return [`That is ${wastesTooMuch(report) ? "more than" : "within"} the ${money(failOn)} that may be wasted.`];
}

/** What a finding saves, or why there is no amount. */
export function wasteAmount({ monthly, alone, countedIn, finding }: SettledWaste): string {
  if (monthly === undefined || alone === undefined)
    return `no amount: ${finding.unpriced ?? "nothing of it is priced"}`;
  if (countedIn.length === 0) return moneyRange(monthly);
  const others = countedIn.map(({ title }) => title).join(" and ");
  return monthly.isZero
    ? `${moneyRange(alone)}, counted in: ${others}`
    : `${moneyRange(monthly)}, the rest counted in: ${others}`;
}

/** Names of the resources of a finding. */
export function wasteResources({ finding }: SettledWaste): string {
  return finding.resources.map(({ name }) => name).join(", ");
}

/** What could not be judged, and what has no price, with why. */
export function notJudgedLines({ notJudged, prices }: WasteResult): readonly string[] {
  return [
    ...notJudged.map(({ kind, resource, why }) => `${resource.name}: ${why} (${kind.title})`),
    ...notPricedLines(prices).flatMap(({ text, free }) => (free ? [] : [text])),
  ];
}

/** How to read the amounts, and how far to trust them. */
export function wasteNotes({ prices }: WasteResult): readonly string[] {
  return [
    "Expected is what the fixes save when their conditions hold; at least is what they save when none does.",
    "Each dollar is counted once: a line of the bill is lowered by one price and one amount at most, those that save most.",
    ...bookSentences(prices),
  ];
}
