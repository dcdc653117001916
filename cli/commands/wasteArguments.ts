import { CannotRunError } from "../../contracts/cannotRunError";
import { InvalidInputError, type Problem, printGiven } from "../../contracts/problems";
import { Decimal } from "../pricing/decimal";
import { PRICE_FORMATS, type PriceFormat } from "../report/priceFormat";
import type { CheckSource } from "./checkArguments";

/** What the command line of `frugal-ml waste` says, as commander reads it. */
export interface WasteArguments {
  readonly state?: string;
  readonly preview?: string;
  readonly stack?: string;
  readonly program?: string;
  readonly usage?: string;
  readonly prices?: string;
  readonly region?: string;
  readonly failOn?: string;
  readonly format: string;
  readonly out?: string;
}

/** What is to be done. */
export interface WastePlan {
  readonly source: CheckSource;
  readonly format: PriceFormat;
  /** Most that may be wasted in a month, in US dollars. */
  readonly failOn?: Decimal;
}

/** A Region's code, as AWS spells them. */
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * Reads the command line.
 * @throws CannotRunError `BadUsage` with every problem at once
 */
export function wastePlan(given: WasteArguments): WastePlan {
  const problems: Problem[] = [];
  const refuse = (property: string, value: unknown, allowed: string): void =>
    void problems.push({ property, given: printGiven(value), allowed });
  const source = readSource(given, refuse);
  const format = PRICE_FORMATS.find((word) => word === given.format);
  if (format === undefined) refuse("--format", given.format, `one of ${PRICE_FORMATS.join(", ")}`);
  const amount = given.failOn !== undefined && /^\d+(\.\d+)?$/.test(given.failOn) ? given.failOn : undefined;
  if (given.failOn !== undefined && amount === undefined)
    refuse("--fail-on", given.failOn, "US dollars a month, for example 100");
  if (given.region !== undefined && !REGION.test(given.region))
    refuse("--region", given.region, "a Region's code, for example us-east-1");
  if (format === undefined || problems.length > 0)
    throw new CannotRunError("BadUsage", new InvalidInputError("command line", problems).message);
  return { source, format, ...(amount !== undefined && { failOn: Decimal.of(amount) }) };
}

type Refuse = (property: string, value: unknown, allowed: string) => void;

function readSource({ state, preview, program, stack }: WasteArguments, refuse: Refuse): CheckSource {
  const asked = Object.entries({ "--state": state, "--preview": preview, "--program": program });
  const sources = asked.flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (sources.length > 1) refuse(sources.join(", "), sources.length, "one of them, since one stack is examined");
  const file = state ?? preview;
  if (file === undefined) return { kind: "program", folder: program ?? ".", ...(stack !== undefined && { stack }) };
  if (stack !== undefined) refuse("--stack", stack, "only with a program; a state or preview is of one stack");
  return { kind: state === undefined ? "preview" : "state", file };
}
