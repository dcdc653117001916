import type { PriceFormat } from "./priceFormat";
import { priceHtml } from "./priceHtml";
import { priceJson } from "./priceJson";
import { priceMarkdown } from "./priceMarkdown";
import type { PricedStackReport } from "./priceReport";
import { priceText } from "./priceText";

const WRITERS: Readonly<Record<PriceFormat, (report: PricedStackReport) => string>> = {
  text: priceText,
  json: priceJson,
  markdown: priceMarkdown,
  html: priceHtml,
};

/** Writes a report in a format. */
export function priceReport(format: PriceFormat, report: PricedStackReport): string {
  return WRITERS[format](report);
}
