import type { Command } from "commander";
import type { CommandLineProblems } from "../../contracts/commandLineProblems";
import { Decimal } from "../pricing/decimal";
import { PRICE_FORMATS, type PriceFormat } from "../report/priceFormat";

/** Adds the options of a command that prices a stack. */
export function withPricing(command: Command): Command {
  return command
    .option("--usage <file>", "how much it is used (default: frugal-ml-usage.yaml beside Pulumi.yaml)")
    .option("--prices <file>", "price book (default: frugal-ml-prices.json beside Pulumi.yaml, or the one shipped)")
    .option("--format <format>", "text, json, markdown or html", "text")
    .option("--out <file>", "file for the report (default: standard output)");
}

/** The format that is asked for; undefined when it is refused. */
export function priceFormat(given: string, problems: CommandLineProblems): PriceFormat | undefined {
  const format = PRICE_FORMATS.find((word) => word === given);
  if (format === undefined) problems.refuse("--format", given, `one of ${PRICE_FORMATS.join(", ")}`);
  return format;
}

/** An amount of money; undefined when none is given, or it is refused. */
export function dollars(
  option: string,
  given: string | undefined,
  allowed: string,
  problems: CommandLineProblems,
): Decimal | undefined {
  if (given === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(given)) return Decimal.of(given);
  problems.refuse(option, given, allowed);
  return undefined;
}
