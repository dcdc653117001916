import { Command } from "commander";
import type { WasteArguments } from "./wasteArguments";

/**
 * `frugal-ml waste`: what an exported stack, or a program's, pays without need, each with its fix. Its exit code is 0, or
 * 1 above `--fail-on`; what keeps it from examining is thrown as CannotRunError.
 */
export function wasteCommand(): Command {
  return new Command("waste")
    .description("what a stack pays without need: any exported Pulumi stack, or a program's")
    .option("--state <file>", "an exported stack, of a program in any language (pulumi stack export)")
    .option("--preview <file>", "a preview (pulumi preview --json --show-sames)")
    .option("--stack <name>", "stack of the program (default: local, or the only one)")
    .option("--program <dir>", "folder of a Pulumi program in Node.js (default: this folder)")
    .option("--usage <file>", "how much it is used (default: frugal-ml-usage.yaml beside Pulumi.yaml)")
    .option("--prices <file>", "price book (default: frugal-ml-prices.json beside Pulumi.yaml, or the one shipped)")
    .option("--region <code>", "Region of resources of which nothing tells theirs")
    .option("--fail-on <dollars>", "exit 1 when more is expected to be wasted in a month")
    .option("--format <format>", "text, json, markdown or html", "text")
    .option("--out <file>", "file for the report (default: standard output)")
    .action(waste);
}

async function waste(given: WasteArguments): Promise<void> {
  const { existsSync } = await import("node:fs");
  const { join } = await import("node:path");
  const { wastePlan } = await import("./wasteArguments.js");
  const { source, format, failOn } = wastePlan(given);
  const { readGraph } = await import("./checkGraphSource.js");
  const { readUsage, USAGE_FILE } = await import("../pricing/usage/readUsage.js");
  const { usageOf } = await import("../pricing/usage/usage.js");
  const { PRICES_FILE, readPriceBook, shippedBook } = await import("../pricing/book/readPriceBook.js");

  const beside = (file: string): string | undefined => {
    const path = join(source.kind === "program" ? source.folder : ".", file);
    return existsSync(path) ? path : undefined;
  };
  const usageFile = given.usage ?? beside(USAGE_FILE);
  const pricesFile = given.prices ?? beside(PRICES_FILE);
  const usage = usageFile === undefined ? usageOf() : readUsage(usageFile);
  const book = pricesFile === undefined ? shippedBook() : readPriceBook(pricesFile);

  const [{ graph }, { findWaste }, { wasteReport }, { wastesTooMuch }, { refuseUnaskedUsage }] = await Promise.all([
    readGraph(source),
    import("../pricing/waste/findWaste.js"),
    import("../report/wasteFormats.js"),
    import("../report/wasteReport.js"),
    import("../pricing/refuseUnaskedUsage.js"),
  ]);
  const result = findWaste(graph, book, usage, new Date(), given.region);
  refuseUnaskedUsage([result.prices]);
  const report = { result, ...(failOn && { failOn }) };
  // Nothing is printed but names, types and amounts; a name that carries a secret is blanked out all the same.
  const { secretRedaction } = await import("../check/secretRedaction.js");
  const text = secretRedaction(graph)(wasteReport(format, report));
  if (given.out === undefined) process.stdout.write(text);
  else (await import("../check/writeWhole.js")).writeWhole(given.out, text);
  if (result.prices.book.stale) {
    const { ageInDays, date } = result.prices.book;
    process.stderr.write(
      `frugal-ml: prices are of ${date}, ${ageInDays} days old; frugal-ml prices update renews them\n`,
    );
  }
  process.exitCode = wastesTooMuch(report) ? 1 : 0;
}
