import { markdownText } from "./markdownText";
import { type WasteReport, wastesTooMuch } from "./wasteReport";
import { failOnSentences, notJudgedLines, wasteAmount, wasteHeadline, wasteNotes, wasteResources } from "./wasteWords";

/** What a stack wastes, for a pull request: a table, with everything else folded away. */
export function wasteMarkdown(report: WasteReport): string {
  const { findings, prices } = report.result;
  const mark = report.failOn === undefined ? "" : wastesTooMuch(report) ? "❌ " : "✅ ";
  const rows = findings.map((one) => {
    const { kind, finding } = one;
    const fix = finding.provided === undefined ? finding.fix : `${finding.fix}; if ${finding.provided}`;
    const cells = [wasteAmount(one), kind.title, wasteResources(one), finding.what, fix];
    return `| ${cells.map(markdownText).join(" | ")} |`;
  });
  return [
    `### frugal-ml waste: ${mark}${wasteHeadline(report)}\n`,
    `${markdownText(prices.project)} ${markdownText(prices.stack)}. ${failOnSentences(report).join(" ")}\n`,
    ...(rows.length > 0
      ? ["| a month | kind | where | what | fix |\n|--:|---|---|---|---|", ...rows, ""]
      : ["Nothing of what is looked for was found.\n"]),
    "<details><summary>Not judged</summary>\n",
    ...notJudgedLines(report.result).map((line) => `- ${markdownText(line)}`),
    "\n</details>\n",
    `${wasteNotes(report.result).join(" ")}\n`,
  ].join("\n");
}
