import type { PriceComparison } from "../pricing/comparePrices";
import type { Comparison } from "../pricing/savings/savings";
import { type Markup, markup } from "./charts/markup";
import { plainBar, plainList, plainPage, plainTable } from "./plainPage";
import { plansHtml } from "./plansHtml";
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

/** The bill as one page of HTML that stands alone: no script, nothing from elsewhere. */
export function priceHtml(report: PricedStackReport): string {
  const { result, comparison, savings = [], plans } = report;
  const bills = billByComponent(result);
  const most = Math.max(...bills.map(({ monthly }) => monthly.expected.toNumber()), 0.01);
  return plainPage(
    `${result.project} ${result.stack}: ${money(result.total.expected)} a month`,
    markup`<p>${verdict(report)}</p>
${comparison && comparisonSection(comparison)}<h2>By component</h2>
${plainTable(
  ["component", "#a month", "share", "#low to high"],
  bills.map(({ component, monthly }) => [
    component,
    money(monthly.expected),
    plainBar(monthly.expected.toNumber() / most, money(monthly.expected)),
    bounds(monthly),
  ]),
)}<h2>Cost for</h2>
${plainTable(
  ["what", "#expected", "#low use", "#high use"],
  result.unitCosts.map(({ what, usd }) => [what, shown(usd.expected), shown(usd.low), shown(usd.high)]),
)}${savings.map(savingsSection)}${plans && plansHtml(plans)}<h2>Every charge</h2>
${plainTable(
  ["resource", "charge", "#a month", "#used", "#price", "trust"],
  bills.flatMap(({ resources }) =>
    resources.flatMap(({ name, items }) =>
      items.map(({ what, monthly, quantity: amount, price }) => [
        name,
        what,
        moneyRange(monthly),
        `${quantity(amount.expected)} ${price.unit}s`,
        `$${price.usd} / ${thousandsApart(price.per)}`,
        price.confidence,
      ]),
    ),
  ),
)}<h2>Not priced</h2>
${plainList(notPricedLines(result).map(({ text }) => text))}<p>${bookSentences(result).join(" ")}</p>
`,
  );
}

function verdict(report: PricedStackReport): string {
  const { result, budget } = report;
  const parts = `${money(result.fixed.expected)} fixed, ${money(result.perUse.expected)} per use`;
  const within =
    budget === undefined ? "" : ` ${overBudget(report) ? "Above" : "Within"} the budget of ${money(budget)}.`;
  return `${bounds(result.total)}; ${parts}.${within}`;
}

function comparisonSection({ from, to, total, components }: PriceComparison): Markup {
  const rows = components
    .flatMap((one) => [one, ...one.resources])
    .map(({ name, before, after, difference }) => [name, money(before), money(after), signedMoney(difference)]);
  return markup`<h2>From ${from} to ${to}: ${signedMoney(total.difference)}</h2>
${plainTable(["what", "#before", "#after", "#change"], rows)}`;
}

function savingsSection({ title, unit, alternatives, notes }: Comparison): Markup {
  const most = Math.max(...alternatives.map(({ usd }) => usd?.expected.toNumber() ?? 0), Number.MIN_VALUE);
  const rows = alternatives.map((one) => [
    one.ours ? markup`<strong>${one.name}</strong>` : one.name,
    costText(one),
    plainBar((one.usd?.expected.toNumber() ?? 0) / most, costText(one)),
    one.how,
  ]);
  return markup`<h2>${title}</h2>
<p>${unit}; ours in bold.</p>
${plainTable(["way", "#cost", "beside the dearest", "made of"], rows)}${plainList(notes)}`;
}
