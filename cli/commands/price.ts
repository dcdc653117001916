import { Command } from "commander";
import type { ResourceGraph } from "../../contracts/graph";
import type { Decimal } from "../pricing/decimal";
import type { PriceFormat } from "../report/priceFormat";

interface PriceArguments {
  readonly stack?: string;
  readonly program?: string;
  readonly usage?: string;
  readonly prices?: string;
  readonly compare?: string;
  readonly format: string;
  readonly out?: string;
  readonly savings?: boolean;
  readonly plans?: boolean;
  readonly rates?: string;
  readonly budget?: string;
}

/**
 * `frugal-ml price`: what a program's stack would cost in a month, without a cloud. Its exit code is 0, or 1 above a
 * budget; what keeps it from pricing is thrown as CannotRunError.
 */
export function priceCommand(): Command {
  return new Command("price")
    .description("what a stack costs in a month, without a cloud")
    .option("--stack <name>", "stack of the program (default: local, or the only one)")
    .option("--program <dir>", "folder of a Pulumi program in Node.js (default: this folder)")
    .option("--usage <file>", "how much it is used (default: frugal-ml-usage.yaml beside Pulumi.yaml)")
    .option("--prices <file>", "price book (default: frugal-ml-prices.json beside Pulumi.yaml, or the one shipped)")
    .option("--compare <stack|dir>", "another stack, or the folder of another version: what changes from it")
    .option("--savings", "the stack beside other ways of doing the same: where it saves, and where it loses")
    .option("--plans", "which Savings Plans fit what runs in every hour")
    .option("--rates <file>", "rates of Savings Plans, JSON (default: those that prices update fetched)")
    .option("--budget <dollars>", "exit 1 when the expected bill of a month is more")
    .option("--format <format>", "text, json, markdown or html", "text")
    .option("--out <file>", "file for the report (default: standard output)")
    .action(price);
}

async function price(given: PriceArguments): Promise<void> {
  const { existsSync } = await import("node:fs");
  const { join } = await import("node:path");
  const { format, budget } = await readArguments(given);
  const { readGraph } = await import("./checkGraphSource.js");
  const { onceStarted } = await import("./onceStarted.js");
  const { readUsage, USAGE_FILE } = await import("../pricing/usage/readUsage.js");
  const { PRICES_FILE } = await import("../pricing/book/pricesFile.js");

  const folder = given.program ?? ".";
  const beside = (file: string): string | undefined => {
    const path = join(folder, file);
    return existsSync(path) ? path : undefined;
  };
  const usageFile = given.usage ?? beside(USAGE_FILE);
  const pricesFile = given.prices ?? beside(PRICES_FILE);
  const givenUsage = usageFile === undefined ? undefined : readUsage(usageFile);
  const givenBook =
    pricesFile === undefined ? undefined : (await import("../pricing/book/readPriceBook.js")).readPriceBook(pricesFile);
  const rates = given.rates === undefined ? [] : (await import("../pricing/plans/readRates.js")).readRates(given.rates);
  const read = async (program: string, stack: string | undefined): Promise<ResourceGraph> =>
    (await readGraph({ kind: "program", folder: program, ...(stack !== undefined && { stack }) })).graph;

  const other = given.compare;
  const elsewhere = other !== undefined && existsSync(join(other, "Pulumi.yaml"));
  // Programs take the time: what prices and reports is loaded while they run.
  const [graph, old, loaded] = await Promise.all([
    read(folder, given.stack),
    other === undefined ? undefined : elsewhere ? read(other, given.stack) : read(folder, other),
    onceStarted(async () => ({
      usage: givenUsage ?? (await import("../pricing/usage/usage.js")).usageOf(),
      book: givenBook ?? (await import("../pricing/book/readPriceBook.js")).shippedBook(),
      ...(await import("../pricing/priceGraph.js")),
      ...(await import("../pricing/comparePrices.js")),
      ...(await import("../report/priceFormats.js")),
      ...(await import("../report/priceReport.js")),
      ...(await import("../pricing/refuseUnaskedUsage.js")),
    })),
  ]);
  const { usage, book, priceGraph, comparePrices, priceReport, overBudget, refuseUnaskedUsage } = loaded;
  const today = new Date();
  const result = priceGraph(graph, book, usage, today);
  const before = old && priceGraph(old, book, usage, today);
  refuseUnaskedUsage(before ? [result, before] : [result]);
  const savings = given.savings
    ? (await import("../pricing/savings/compareSavings.js")).compareSavings(graph, book, usage, result)
    : undefined;
  const plans = given.plans
    ? (await import("../pricing/plans/advisePlans.js")).advisePlans(graph, book, usage, rates)
    : undefined;
  const report = {
    result,
    ...(before && { comparison: comparePrices(before, result, other ?? "", elsewhere ? folder : result.stack) }),
    ...(savings && { savings }),
    ...(plans && { plans }),
    ...(budget && { budget }),
  };
  const text = priceReport(format, report);
  if (given.out === undefined) process.stdout.write(text);
  else (await import("../check/writeWhole.js")).writeWhole(given.out, text);
  if (result.book.stale) {
    const { ageInDays, date } = result.book;
    process.stderr.write(
      `frugal-ml: prices are of ${date}, ${ageInDays} days old; frugal-ml prices update renews them\n`,
    );
  }
  process.exitCode = overBudget(report) ? 1 : 0;
}

async function readArguments(
  given: PriceArguments,
): Promise<{ readonly format: PriceFormat; readonly budget?: Decimal }> {
  const { PRICE_FORMATS } = await import("../report/priceFormat.js");
  const { CannotRunError } = await import("../../contracts/cannotRunError.js");
  const { InvalidInputError, printGiven } = await import("../../contracts/problems.js");
  const { Decimal } = await import("../pricing/decimal.js");
  const format = PRICE_FORMATS.find((word) => word === given.format);
  const budget =
    given.budget !== undefined && /^\d+(\.\d+)?$/.test(given.budget) ? Decimal.of(given.budget) : undefined;
  const problems = [
    ...(format
      ? []
      : [{ property: "--format", given: printGiven(given.format), allowed: `one of ${PRICE_FORMATS.join(", ")}` }]),
    ...(budget || given.budget === undefined
      ? []
      : [{ property: "--budget", given: printGiven(given.budget), allowed: "US dollars a month, for example 250" }]),
    ...(given.rates === undefined || given.plans
      ? []
      : [{ property: "--rates", given: printGiven(given.rates), allowed: "only together with --plans" }]),
  ];
  if (format === undefined || problems.length > 0)
    throw new CannotRunError("BadUsage", new InvalidInputError("command line", problems).message);
  return { format, ...(budget && { budget }) };
}
