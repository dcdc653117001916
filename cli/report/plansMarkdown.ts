import type { PlanAdvice } from "../pricing/plans/planAdvice";
import { planSections } from "./plansSections";

/** The advice on Savings Plans for a pull request, each section folded away. */
export function plansMarkdown(advice: PlanAdvice): readonly string[] {
  return planSections(advice).flatMap(({ title, sentences, tables }) => [
    `<details><summary>${escaped(title)}</summary>\n`,
    ...sentences.map((sentence) => `- ${escaped(sentence)}`),
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
  return `| ${cells.map(escaped).join(" | ")} |`;
}

/** Text that Markdown shows as it is: no mark-up, no mention, no reference, and all on one line. */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[&<>|`*_[\]~#@\\]/g, (character) => `&#${character.charCodeAt(0)};`);
}
