import type { WasteReport } from "./wasteReport";
import { failOnSentences, notJudgedLines, wasteAmount, wasteHeadline, wasteNotes, wasteResources } from "./wasteWords";

/** What a stack wastes, for a reader: the dearest first, each with its fix; then what could not be judged. */
export function wasteText(report: WasteReport): string {
  const { findings, prices } = report.result;
  const notJudged = notJudgedLines(report.result);
  return `${[
    ...findings.map((one) =>
      [
        `${wasteAmount(one)}  ${one.kind.title} (${one.kind.id})`,
        `  where: ${wasteResources(one)}`,
        `  what:  ${one.finding.what}`,
        `  fix:   ${one.finding.fix}`,
        ...(one.finding.provided === undefined ? [] : [`  if:    ${one.finding.provided}`]),
      ].join("\n"),
    ),
    ...(findings.length === 0 ? ["Nothing of what is looked for was found."] : []),
    ...(notJudged.length > 0 ? [["Not judged", ...notJudged.map((line) => `  ${line}`)].join("\n")] : []),
    wasteNotes(report.result).join("\n"),
    ...failOnSentences(report),
    `${prices.project} ${prices.stack}: ${wasteHeadline(report)}`,
  ].join("\n\n")}\n`;
}
