import { CommandLineProblems } from "../../contracts/commandLineProblems";
import { isRegion } from "../../contracts/region";
import type { Decimal } from "../pricing/decimal";
import type { PriceFormat } from "../report/priceFormat";
import { type GraphSource, graphSource, type SourceArguments } from "./graphSource";
import { dollars, priceFormat } from "./pricingOptions";

/** What the command line of `frugal-ml waste` says, as commander reads it. */
export interface WasteArguments extends SourceArguments {
  readonly usage?: string;
  readonly prices?: string;
  readonly region?: string;
  readonly failOn?: string;
  readonly format: string;
  readonly out?: string;
}

/** What is to be done. */
export interface WastePlan {
  readonly source: GraphSource;
  readonly format: PriceFormat;
  /** Most that may be wasted in a month, in US dollars. */
  readonly failOn?: Decimal;
}

/**
 * Reads the command line.
 * @throws CannotRunError `BadUsage` with every problem at once
 */
export function wastePlan(given: WasteArguments): WastePlan {
  const problems = new CommandLineProblems();
  const source = graphSource(given, problems);
  const format = priceFormat(given.format, problems);
  const failOn = dollars("--fail-on", given.failOn, "US dollars a month, for example 100", problems);
  if (given.region !== undefined && !isRegion(given.region))
    problems.refuse("--region", given.region, "a Region's code, for example us-east-1");
  if (format === undefined || problems.any) throw problems.error();
  return { source, format, ...(failOn && { failOn }) };
}
