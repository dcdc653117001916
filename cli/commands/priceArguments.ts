import { CommandLineProblems } from "../../contracts/commandLineProblems";
import type { Decimal } from "../pricing/decimal";
import type { PriceFormat } from "../report/priceFormat";
import { dollars, priceFormat } from "./pricingOptions";

/** What the command line of `frugal-ml price` says, as commander reads it. */
export interface PriceArguments {
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

/** What is to be done, as far as it has to be read. */
export interface PricePlan {
  readonly format: PriceFormat;
  /** Most that the expected bill may be in a month, in US dollars. */
  readonly budget?: Decimal;
}

/**
 * Reads the command line.
 * @throws CannotRunError `BadUsage` with every problem at once
 */
export function pricePlan(given: PriceArguments): PricePlan {
  const problems = new CommandLineProblems();
  const format = priceFormat(given.format, problems);
  const budget = dollars("--budget", given.budget, "US dollars a month, for example 250", problems);
  if (given.rates !== undefined && !given.plans) problems.refuse("--rates", given.rates, "only together with --plans");
  if (format === undefined || problems.any) throw problems.error();
  return { format, ...(budget && { budget }) };
}
