import type { PlanAdvice } from "../pricing/plans/planAdvice";
import { type PlanTable, planSections } from "./plansSections";

/** The advice on Savings Plans as sections of a page of HTML. */
export function plansHtml(advice: PlanAdvice): string {
  return planSections(advice)
    .map(({ title, sentences, tables }) => {
      const items = sentences.map((sentence) => `<li>${escaped(sentence)}</li>`).join("");
      return `<h2>${escaped(title)}</h2>\n${items && `<ul>${items}</ul>\n`}${tables.map(tableHtml).join("\n")}`;
    })
    .join("\n");
}

function tableHtml({ heads, rows }: PlanTable): string {
  const attribute = (at: number): string => (heads[at]?.startsWith("#") ? ' class="n"' : "");
  const head = heads.map((name, at) => `<th scope="col"${attribute(at)}>${escaped(name.replace("#", ""))}</th>`);
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, at) => `<td${attribute(at)}>${escaped(cell)}</td>`).join("")}</tr>`,
  );
  return `<table><thead><tr>${head.join("")}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
