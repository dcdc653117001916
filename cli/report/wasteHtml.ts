import { money } from "./priceWords";
import type { WasteReport } from "./wasteReport";
import { failOnSentences, notJudgedLines, wasteAmount, wasteHeadline, wasteNotes, wasteResources } from "./wasteWords";

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; overflow-wrap: anywhere; }
article { border-top: 1px solid #8888; padding: .5rem 0; }
h2, h3 { margin: .5rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; }
dd { margin: 0; }
meter { width: 100%; }`;

/** What a stack wastes as one page of HTML that stands alone: no script, nothing from elsewhere. */
export function wasteHtml(report: WasteReport): string {
  const { findings, prices } = report.result;
  const title = `${prices.project} ${prices.stack}: ${wasteHeadline(report)}`;
  const most = Math.max(...findings.map(({ monthly }) => monthly?.expected.toNumber() ?? 0), 0.01);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<main>
<h1>${escaped(title)}</h1>
${failOnSentences(report)
  .map((sentence) => `<p>${escaped(sentence)}</p>`)
  .join("\n")}
${findings
  .map((one) => {
    const { kind, finding, monthly } = one;
    const bar =
      monthly === undefined
        ? ""
        : `<meter min="0" max="${most.toFixed(2)}" value="${monthly.expected.toNumber().toFixed(2)}">${escaped(money(monthly.expected))}</meter>`;
    const facts = [
      ["where", wasteResources(one)],
      ["what", finding.what],
      ["fix", finding.fix],
      ...(finding.provided === undefined ? [] : [["if", finding.provided]]),
    ];
    const list = facts.map(([name = "", text = ""]) => `<dt>${name}</dt><dd>${escaped(text)}</dd>`).join("");
    return `<article><h2>${escaped(wasteAmount(one))}: ${escaped(kind.title)}</h2>${bar}<dl>${list}</dl></article>`;
  })
  .join("\n")}
${findings.length === 0 ? "<p>Nothing of what is looked for was found.</p>" : ""}
<h2>Not judged</h2>
<ul>
${notJudgedLines(report.result)
  .map((line) => `<li>${escaped(line)}</li>`)
  .join("\n")}
</ul>
<p>${escaped(wasteNotes(report.result).join(" "))}</p>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
