import { existsSync } from "node:fs";
import { join } from "node:path";
import { PRICES_FILE } from "./book/pricesFile";
import { USAGE_FILE } from "./usage/usageFile";

/** Files that figures are read from; undefined where what this package has is taken. */
export interface PricingFiles {
  readonly usage: string | undefined;
  readonly prices: string | undefined;
}

/** Files of usage and prices: those that are given, or else those that lie in a project's folder. */
export function pricingFiles(
  folder: string,
  given: { readonly usage?: string; readonly prices?: string } = {},
): PricingFiles {
  const beside = (file: string): string | undefined => {
    const path = join(folder, file);
    return existsSync(path) ? path : undefined;
  };
  return { usage: given.usage ?? beside(USAGE_FILE), prices: given.prices ?? beside(PRICES_FILE) };
}
