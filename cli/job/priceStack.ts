import type { ResourceGraph } from "../../contracts/graph";
import type { RunSummary } from "../../contracts/runSummary";
import { readPriceBook, shippedBook } from "../pricing/book/readPriceBook";
import { NotPricedReason } from "../pricing/charge";
import type { Decimal } from "../pricing/decimal";
import { priceGraph } from "../pricing/priceGraph";
import type { PriceResult } from "../pricing/priceResult";
import { pricingFiles } from "../pricing/pricingFiles";
import { compareSavings } from "../pricing/savings/compareSavings";
import { type CostCurves, costCurves } from "../pricing/savings/costCurves";
import type { Comparison } from "../pricing/savings/savings";
import { readUsage } from "../pricing/usage/readUsage";
import { usageOf } from "../pricing/usage/usage";
import { USAGE_FILE } from "../pricing/usage/usageFile";
import { rounded } from "./readings";

/** What a stack would cost, and beside what. */
export interface StackPrice {
  readonly result: PriceResult;
  readonly savings: readonly Comparison[];
  readonly curves: readonly CostCurves[];
  /** Name of the usage file beside the program; absent when every figure of use is a default. */
  readonly usageFile?: string;
}

/**
 * Prices a stack as `frugal-ml price` does, with the usage file and the price book beside the program when they are there.
 * @throws CannotRunError when one of them cannot be read
 */
export function priceStack(graph: ResourceGraph, program: string, today: Date): StackPrice {
  const files = pricingFiles(program);
  const usage = files.usage === undefined ? usageOf() : readUsage(files.usage);
  const book = files.prices === undefined ? shippedBook() : readPriceBook(files.prices);
  const result = priceGraph(graph, book, usage, today);
  return {
    result,
    savings: compareSavings(graph, book, usage, result),
    curves: costCurves(graph, book, usage, result),
    ...(files.usage !== undefined && { usageFile: USAGE_FILE }),
  };
}

/** A price's figures for the summary. */
export function priceFigures({
  total,
  fixed,
  perUse,
  notPriced,
  confidence,
  book,
}: PriceResult): NonNullable<RunSummary["price"]> {
  const cents = (usd: Decimal): number => usd.rounded(2).toNumber();
  return {
    monthly: cents(total.expected),
    low: cents(total.low),
    high: cents(total.high),
    fixed: cents(fixed.expected),
    perUse: cents(perUse.expected),
    notPriced: notPriced.filter(({ reason }) => reason !== NotPricedReason.Free).length,
    derivedPercent: rounded(confidence.derived * 100),
    bookDate: book.date,
    bookAgeDays: book.ageInDays,
  };
}
