import { priceHtml } from "./priceHtml";
import { priceJson } from "./priceJson";
import { priceMarkdown } from "./priceMarkdown";
import type { PricedStackReport } from "./priceReport";
import { priceText } from "./priceText";

/** Formats of a report of prices. */
export const PRICE_FORMATS = ["text", "json", "markdown", "html"] as const;
export type PriceFormat = (typeof PRICE_FORMATS)[number];

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
