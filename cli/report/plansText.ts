import type { PlanAdvice } from "../pricing/plans/planAdvice";
import { type PlanTable, planSections } from "./plansSections";

/** The advice on Savings Plans for a reader: sections with sentences and tables. */
export function plansText(advice: PlanAdvice): readonly string[] {
  return planSections(advice).map(({ title, sentences, tables }) =>
    [title, ...sentences.map((sentence) => `  ${sentence}`), ...tables.map(tableText)].join("\n"),
  );
}

/** Columns as wide as their widest cell; the last one is not filled up. */
function tableText({ heads, rows }: PlanTable): string {
  const names = heads.map((head) => head.replace("#", ""));
  const widths = names.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells
      .map((cell, at) => (heads[at]?.startsWith("#") ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")}`.trimEnd();
  return ["", line(names), ...rows.map(line)].join("\n");
}
