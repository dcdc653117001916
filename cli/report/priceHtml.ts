import type { Comparison } from "../pricing/savings/savings";
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

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid #8888; padding: .25rem .75rem .25rem 0; text-align: left; }
td.n, th.n { text-align: right; white-space: nowrap; }
meter { width: 8rem; }`;

/** The bill as one page of HTML that stands alone: no script, nothing from elsewhere. */
export function priceHtml(report: PricedStackReport): string {
  const { result, comparison, budget } = report;
  const bills = billByComponent(result);
  const most = Math.max(...bills.map(({ monthly }) => monthly.expected.toNumber()), 0.01);
  const title = `${result.project} ${result.stack}: ${money(result.total.expected)} a month`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(bounds(result.total))}; ${escaped(money(result.fixed.expected))} fixed, ${escaped(money(result.perUse.expected))} per use.${budget === undefined ? "" : ` ${overBudget(report) ? "Above" : "Within"} the budget of ${money(budget)}.`}</p>
${
  comparison
    ? `<h2>From ${escaped(comparison.from)} to ${escaped(comparison.to)}: ${escaped(signedMoney(comparison.total.difference))}</h2>${table(
        ["what", "#before", "#after", "#change"],
        comparison.components.flatMap((one) =>
          [one, ...one.resources].map((each) => [
            each.name,
            money(each.before),
            money(each.after),
            signedMoney(each.difference),
          ]),
        ),
      )}`
    : ""
}
<h2>By component</h2>
<table><thead><tr><th>component</th><th class="n">a month</th><th>share</th><th class="n">low to high</th></tr></thead><tbody>
${bills.map(({ component, monthly }) => `<tr><td>${escaped(component)}</td><td class="n">${escaped(money(monthly.expected))}</td><td><meter min="0" max="${most.toFixed(2)}" value="${monthly.expected.toNumber().toFixed(2)}">${escaped(money(monthly.expected))}</meter></td><td class="n">${escaped(bounds(monthly))}</td></tr>`).join("\n")}
</tbody></table>
<h2>Cost for</h2>
${table(
  ["what", "#expected", "#low use", "#high use"],
  result.unitCosts.map(({ what, usd }) => [what, shown(usd.expected), shown(usd.low), shown(usd.high)]),
)}
${(report.savings ?? []).map(savingsSection).join("\n")}
${report.plans ? plansHtml(report.plans) : ""}
<h2>Every charge</h2>
${table(
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
)}
<h2>Not priced</h2>
<ul>
${notPricedLines(result)
  .map(({ text }) => `<li>${escaped(text)}</li>`)
  .join("\n")}
</ul>
<p>${escaped(bookSentences(result).join(" "))}</p>
</main>
</body>
</html>
`;
}

function savingsSection({ title, unit, alternatives, notes }: Comparison): string {
  const most = Math.max(...alternatives.map(({ usd }) => usd?.expected.toNumber() ?? 0), Number.MIN_VALUE);
  const rows = alternatives.map((one) => {
    const part = (one.usd?.expected.toNumber() ?? 0) / most;
    const name = one.ours ? `<strong>${escaped(one.name)}</strong>` : escaped(one.name);
    return `<tr><td>${name}</td><td class="n">${costText(one)}</td><td><meter min="0" max="1" value="${part.toFixed(4)}">${costText(one)}</meter></td><td>${escaped(one.how)}</td></tr>`;
  });
  return `<h2>${escaped(title)}</h2>
<p>${escaped(unit)}; ours in bold.</p>
<table><thead><tr><th>way</th><th class="n">cost</th><th>beside the dearest</th><th>made of</th></tr></thead><tbody>
${rows.join("\n")}
</tbody></table>
<ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join("")}</ul>`;
}

/** A table; heads that begin with # are of numbers. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const attribute = (at: number): string => (heads[at]?.startsWith("#") ? ' class="n"' : "");
  const head = heads.map((name, at) => `<th${attribute(at)}>${escaped(name.replace("#", ""))}</th>`).join("");
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, at) => `<td${attribute(at)}>${escaped(cell)}</td>`).join("")}</tr>`,
  );
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
