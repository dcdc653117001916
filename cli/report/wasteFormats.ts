import type { PriceFormat } from "./priceFormat";
import { wasteHtml } from "./wasteHtml";
import { wasteJson } from "./wasteJson";
import { wasteMarkdown } from "./wasteMarkdown";
import type { WasteReport } from "./wasteReport";
import { wasteText } from "./wasteText";

const WRITERS: Readonly<Record<PriceFormat, (report: WasteReport) => string>> = {
  text: wasteText,
  json: wasteJson,
  markdown: wasteMarkdown,
  html: wasteHtml,
};

/** Writes a report of waste in a format. */
export function wasteReport(format: PriceFormat, report: WasteReport): string {
  return WRITERS[format](report);
}
