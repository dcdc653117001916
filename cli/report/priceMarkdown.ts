import { markdownText } from "./markdownText";
import { plansMarkdown } from "./plansMarkdown";
import { overBudget, type PricedStackReport } from "./priceReport";
import { shown } from "./priceText";
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
import { costText } from "./savingsText";

/** The bill for a pull request: the total and what changes, with everything else folded away. */
export function priceMarkdown(report: PricedStackReport): string {
  const { result, comparison, budget } = report;
  const over = overBudget(report);
  const verdict = budget === undefined ? "" : over ? `❌ above the budget of ${money(budget)}, ` : "✅ within budget, ";
  const change = comparison
    ? `, ${signedMoney(comparison.total.difference)} from ${markdownText(comparison.from)}`
    : "";
  return [
    `### frugal-ml price: ${verdict}${money(result.total.expected)} a month${change}\n`,
    `${markdownText(result.project)} ${markdownText(result.stack)}: ${bounds(result.total)}; ${money(result.fixed.expected)} fixed, ${money(result.perUse.expected)} per use\n`,
    ...(comparison
      ? [
          `| ${markdownText(comparison.from)} → ${markdownText(comparison.to)} | before | after | change |\n|---|--:|--:|--:|`,
          ...comparison.components.flatMap((component) => [
            changeRow(`**${markdownText(component.name)}**`, component),
            ...component.resources.map((one) => changeRow(markdownText(one.name), one)),
          ]),
          "",
        ]
      : []),
    "| component | a month | low to high | fixed | per use |\n|---|--:|--:|--:|--:|",
    ...billByComponent(result).map(
      ({ component, monthly, fixed, perUse }) =>
        `| ${markdownText(component)} | ${money(monthly.expected)} | ${bounds(monthly)} | ${money(fixed.expected)} | ${money(perUse.expected)} |`,
    ),
    "",
    ...(result.unitCosts.length > 0
      ? [
          "| cost for | expected | low use | high use |\n|---|--:|--:|--:|",
          ...result.unitCosts.map(
            ({ what, usd }) => `| ${what} | ${shown(usd.expected)} | ${shown(usd.low)} | ${shown(usd.high)} |`,
          ),
          "",
        ]
      : []),
    ...(report.savings ?? []).flatMap(({ title, unit, alternatives, notes }) => [
      `<details><summary>${markdownText(title)}</summary>\n`,
      `${markdownText(unit)}; ours in bold\n`,
      "| way | cost | made of |\n|---|--:|---|",
      ...alternatives.map((one) => {
        const name = one.ours ? `**${markdownText(one.name)}**` : markdownText(one.name);
        return `| ${name} | ${costText(one)} | ${markdownText(one.how)} |`;
      }),
      "",
      ...notes.map((note) => `- ${markdownText(note)}`),
      "\n</details>\n",
    ]),
    ...(report.plans ? plansMarkdown(report.plans) : []),
    "<details><summary>Every charge</summary>\n",
    "| resource | charge | a month | used | price | trust |\n|---|---|--:|--:|--:|---|",
    ...billByComponent(result).flatMap(({ resources }) =>
      resources.flatMap(({ name, items }) =>
        items.map(
          ({ what, monthly, quantity: amount, price }) =>
            `| ${markdownText(name)} | ${markdownText(what)} | ${moneyRange(monthly)} | ${quantity(amount.expected)} ${price.unit}s | $${price.usd} / ${thousandsApart(price.per)} | ${price.confidence} |`,
        ),
      ),
    ),
    "\n</details>\n",
    "<details><summary>Not priced</summary>\n",
    ...notPricedLines(result).map(({ text }) => `- ${markdownText(text)}`),
    "\n</details>\n",
    `${bookSentences(result).join(" ")}\n`,
  ].join("\n");
}

function changeRow(
  name: string,
  {
    before,
    after,
    difference,
  }: Pick<NonNullable<PricedStackReport["comparison"]>["total"], "before" | "after" | "difference">,
): string {
  return `| ${name} | ${money(before)} | ${money(after)} | ${signedMoney(difference)} |`;
}
