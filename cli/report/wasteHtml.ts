import type { SettledWaste } from "../pricing/waste/settleWaste";
import { type Markup, markup } from "./charts/markup";
import { plainBar, plainList, plainPage } from "./plainPage";
import { money } from "./priceWords";
import type { WasteReport } from "./wasteReport";
import { failOnSentences, notJudgedLines, wasteAmount, wasteHeadline, wasteNotes, wasteResources } from "./wasteWords";

/** What a stack wastes as one page of HTML that stands alone: no script, nothing from elsewhere. */
export function wasteHtml(report: WasteReport): string {
  const { findings, prices } = report.result;
  const most = Math.max(...findings.map(({ monthly }) => monthly?.expected.toNumber() ?? 0), 0.01);
  return plainPage(
    `${prices.project} ${prices.stack}: ${wasteHeadline(report)}`,
    markup`${failOnSentences(report).map((sentence) => markup`<p>${sentence}</p>\n`)}${findings.map((one) => article(one, most))}${findings.length === 0 && markup`<p>Nothing of what is looked for was found.</p>\n`}<h2>Not judged</h2>
${plainList(notJudgedLines(report.result))}<p>${wasteNotes(report.result).join(" ")}</p>
`,
  );
}

function article(one: SettledWaste, most: number): Markup {
  const { kind, finding, monthly } = one;
  const facts = [
    ["where", wasteResources(one)],
    ["what", finding.what],
    ["fix", finding.fix],
    ...(finding.provided === undefined ? [] : [["if", finding.provided]]),
  ];
  const bar = monthly && plainBar(monthly.expected.toNumber() / most, money(monthly.expected));
  const list = facts.map(([name, text]) => markup`<dt>${name}</dt><dd>${text}</dd>`);
  return markup`<article><h2>${wasteAmount(one)}: ${kind.title}</h2>${bar}<dl>${list}</dl></article>\n`;
}
