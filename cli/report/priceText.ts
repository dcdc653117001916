import { plansText } from "./plansText";
import { overBudget, type PricedStackReport } from "./priceReport";
import {
  billByComponent,
  bookSentences,
  bounds,
  money,
  moneyRange,
  notPricedLines,
  quantity,
  signedMoney,
  thousandsApart,
} from "./priceWords";

import { savingsText } from "./savingsText";

/** Width of the column with what is charged for. */
const WHAT = 46;

/** The bill for a reader: by component, resource and charge, then unit costs, what is not priced, and how far to trust it. */
export function priceText(report: PricedStackReport): string {
  const { result, comparison } = report;
  const bill = billByComponent(result).map(({ component, resources, monthly, fixed, perUse }) =>
    [
      `${component}: ${moneyRange(monthly)} a month, ${money(fixed.expected)} fixed, ${money(perUse.expected)} per use`,
      ...resources.flatMap(({ name, type, items }) => [
        `  ${name}  ${type}`,
        ...items.map(({ what, quantity: amount, price, monthly: cost, basis }) => {
          const used = `${quantity(amount.expected)} ${price.unit}s × $${price.usd}${price.per === "1" ? "" : ` / ${quantityText(price.per)}`}`;
          const doubt = price.confidence === "derived" ? "  derived" : "";
          return `    ${what.padEnd(WHAT - 4)}${moneyRange(cost).padEnd(34)}${basis.padEnd(9)}${used}${doubt}`;
        }),
      ]),
    ].join("\n"),
  );
  const unitCosts = result.unitCosts.map(
    ({ what, usd }) =>
      `  ${what.padEnd(WHAT - 2)}${shown(usd.expected)}  (low use ${shown(usd.low)}, high use ${shown(usd.high)})`,
  );
  const lines = notPricedLines(result).map(({ text }) => `  ${text}`);
  return `${[
    ...bill,
    ...(unitCosts.length > 0 ? [["Cost for", ...unitCosts].join("\n")] : []),
    ...(comparison
      ? [
          [
            `From ${comparison.from} to ${comparison.to}: ${signedMoney(comparison.total.difference)} a month`,
            ...comparison.components.flatMap(({ name, difference, resources }) => [
              `  ${name.padEnd(WHAT - 2)}${signedMoney(difference)}`,
              ...resources.map((one) => `    ${one.name.padEnd(WHAT + 24)}${signedMoney(one.difference)}`),
            ]),
          ].join("\n"),
        ]
      : []),
    ...savingsText(report.savings ?? []),
    ...(report.plans ? plansText(report.plans) : []),
    ...(lines.length > 0 ? [["Not priced", ...lines].join("\n")] : []),
    bookSentences(result).join("\n"),
    ...(report.budget === undefined
      ? []
      : [`The expected bill is ${overBudget(report) ? "above" : "within"} the budget of ${money(report.budget)}.`]),
    `${result.project} ${result.stack}: ${money(result.total.expected)} a month expected, ${bounds(result.total)}; ${money(result.fixed.expected)} fixed, ${money(result.perUse.expected)} per use`,
  ].join("\n\n")}\n`;
}

/** A unit cost as it is: it has more places than cents. */
export function shown(usd: string | null): string {
  return usd === null ? "–" : `$${usd}`;
}

function quantityText(text: string): string {
  return thousandsApart(text);
}
