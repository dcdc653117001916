import { Command } from "commander";
import { withPricing } from "./pricingOptions";
import type { WasteArguments } from "./wasteArguments";

/**
 * `frugal-ml waste`: what an exported stack, or a program's, pays without need, each with its fix. Its exit code is 0, or
 * 1 above `--fail-on`; what keeps it from examining is thrown as CannotRunError.
 */
export function wasteCommand(): Command {
  const command = new Command("waste")
    .description("what a stack pays without need: any exported Pulumi stack, or a program's")
    .option("--state <file>", "an exported stack, of a program in any language (pulumi stack export)")
    .option("--preview <file>", "a preview (pulumi preview --json --show-sames)")
    .option("--stack <name>", "stack of the program (default: local, or the only one)")
    .option("--program <dir>", "folder of a Pulumi program in Node.js (default: this folder)")
    .option("--region <code>", "Region of resources of which nothing tells theirs")
    .option("--fail-on <dollars>", "exit 1 when more is expected to be wasted in a month");
  return withPricing(command).action(waste);
}

async function waste(given: WasteArguments): Promise<void> {
  const { wastePlan } = await import("./wasteArguments.js");
  const { source, format, failOn } = wastePlan(given);
  const { readGraph } = await import("./readGraph.js");
  const { printReport, warnOfAge } = await import("./printReport.js");
  const { pricingFiles } = await import("../pricing/pricingFiles.js");
  const { readUsage } = await import("../pricing/usage/readUsage.js");
  const { usageOf } = await import("../pricing/usage/usage.js");
  const { readPriceBook, shippedBook } = await import("../pricing/book/readPriceBook.js");

  const files = pricingFiles(source.kind === "program" ? source.folder : ".", given);
  const usage = files.usage === undefined ? usageOf() : readUsage(files.usage);
  const book = files.prices === undefined ? shippedBook() : readPriceBook(files.prices);

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
  await printReport(given.out, secretRedaction(graph)(wasteReport(format, report)));
  warnOfAge(result.prices.book);
  process.exitCode = wastesTooMuch(report) ? 1 : 0;
}
