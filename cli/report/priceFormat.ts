/** Formats of a report of prices. */
export const PRICE_FORMATS = ["text", "json", "markdown", "html"] as const;
export type PriceFormat = (typeof PRICE_FORMATS)[number];
