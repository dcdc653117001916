import type { PlanAdvice } from "../pricing/plans/planAdvice";
import { markdownText } from "./markdownText";
import { planSections } from "./plansSections";

/** The advice on Savings Plans for a pull request, each section folded away. */
export function plansMarkdown(advice: PlanAdvice): readonly string[] {
  return planSections(advice).flatMap(({ title, sentences, tables }) => [
    `<details><summary>${markdownText(title)}</summary>\n`,
    ...sentences.map((sentence) => `- ${markdownText(sentence)}`),
    "",
    ...tables.flatMap(({ heads, rows }) => [
      row(heads.map((head) => head.replace("#", ""))),
      `|${heads.map((head) => (head.startsWith("#") ? "--:" : "---")).join("|")}|`,
      ...rows.map(row),
      "",
    ]),
    "</details>\n",
  ]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(markdownText).join(" | ")} |`;
}
