import * as z from "zod";
import type { RunSummary } from "../../../../contracts/runSummary";
import { dataTable } from "../dataTable";
import type { PageSection } from "../section";

const Figures = z.record(z.string(), z.unknown());

/** What the classifier said, when the run has one; undefined otherwise. */
export function classifySection(summary: RunSummary): PageSection | undefined {
  const parsed = z.object({ classify: Figures.optional() }).parse(summary);
  if (parsed.classify === undefined) return undefined;
  return {
    id: "classify",
    title: "Classifier",
    lead: "What the classifier's part of the run found.",
    content: dataTable({
      caption: "Figures of the classifier",
      heads: ["figure", "value"],
      rows: Object.entries(parsed.classify).map(([name, value]) => [
        words(name),
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    }),
  };
}

/** A figure's name in words: `perSecond` becomes `per second`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
