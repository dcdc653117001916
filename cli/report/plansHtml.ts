import type { PlanAdvice } from "../pricing/plans/planAdvice";
import { type Markup, markup } from "./charts/markup";
import { plainList, plainTable } from "./plainPage";
import { planSections } from "./plansSections";

/** The advice on Savings Plans as sections of a page of HTML. */
export function plansHtml(advice: PlanAdvice): readonly Markup[] {
  return planSections(advice).map(
    ({ title, sentences, tables }) =>
      markup`<h2>${title}</h2>\n${sentences.length > 0 && plainList(sentences)}${tables.map(({ heads, rows }) => plainTable(heads, rows))}`,
  );
}
