import { Command } from "commander";
import type { ResourceGraph } from "../../contracts/graph";
import type { PriceArguments } from "./priceArguments";
import { withPricing } from "./pricingOptions";

/**
 * `frugal-ml price`: what a program's stack would cost in a month, without a cloud. Its exit code is 0, or 1 above a
 * budget; what keeps it from pricing is thrown as CannotRunError.
 */
export function priceCommand(): Command {
  const command = new Command("price")
    .description("what a stack costs in a month, without a cloud")
    .option("--stack <name>", "stack of the program (default: local, or the only one)")
    .option("--program <dir>", "folder of a Pulumi program in Node.js (default: this folder)")
    .option("--compare <stack|dir>", "another stack, or the folder of another version: what changes from it")
    .option("--savings", "the stack beside other ways of doing the same: where it saves, and where it loses")
    .option("--plans", "which Savings Plans fit what runs in every hour")
    .option("--rates <file>", "rates of Savings Plans, JSON (default: those that prices update fetched)")
    .option("--budget <dollars>", "exit 1 when the expected bill of a month is more");
  return withPricing(command).action(price);
}

async function price(given: PriceArguments): Promise<void> {
  const { existsSync } = await import("node:fs");
  const { join } = await import("node:path");
  const { pricePlan } = await import("./priceArguments.js");
  const { format, budget } = pricePlan(given);
  const { readGraph } = await import("./readGraph.js");
  const { onceStarted } = await import("./onceStarted.js");
  const { pricingFiles } = await import("../pricing/pricingFiles.js");
  const { printReport, warnOfAge } = await import("./printReport.js");

  const folder = given.program ?? ".";
  const files = pricingFiles(folder, given);
  const givenUsage =
    files.usage === undefined ? undefined : (await import("../pricing/usage/readUsage.js")).readUsage(files.usage);
  const givenBook =
    files.prices === undefined
      ? undefined
      : (await import("../pricing/book/readPriceBook.js")).readPriceBook(files.prices);
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
  await printReport(given.out, priceReport(format, report));
  warnOfAge(result.book);
  process.exitCode = overBudget(report) ? 1 : 0;
}
