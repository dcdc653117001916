import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { InvalidInputError, type Problem, printGiven } from "../../../contracts/problems";
import { Decimal } from "../decimal";
import { PREFIXED_REGIONS, withoutPrefix } from "../update/regionPrefix";
import { PLAN, PLAN_SERVICE, type PlanRates } from "./planRates";

const dollars = "US dollars for a unit, above 0, as a number or text";
const usageType = "a usage type with its component, for example Host:ml.c7g.large";

const Rate = z.strictObject({
  ...PLAN,
  region: z.enum(PREFIXED_REGIONS, { error: `one of ${PREFIXED_REGIONS.join(", ")}` }),
  usageType: z.string({ error: usageType }).regex(/^(?!ml\.)\S+$/, { error: usageType }),
  rate: z
    .union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)], { error: dollars })
    .refine((rate) => Number(rate) > 0 && Number.isFinite(Number(rate)), { error: dollars }),
});
const RatesFile = z.strictObject(
  {
    source: z.string({ error: "a text" }).optional(),
    date: z.iso.date({ error: "an ISO date, for example 2026-11-20" }).optional(),
    rates: z.array(Rate, { error: "a list of rates" }).min(1, { error: "at least one rate" }),
  },
  { error: (issue) => (issue.code === "unrecognized_keys" ? undefined : "an object with rates") },
);

/**
 * Reads rates of Savings Plans that a user gives: JSON, `rates` with one object for each plan and usage type.
 * @throws CannotRunError `RatesNotFound`, or `InvalidRates` with every problem at once
 */
export function readRates(file: string): readonly PlanRates[] {
  if (!existsSync(file)) throw new CannotRunError("RatesNotFound", `rates ${file}: there is no such file`);
  const refuse = (problems: readonly Problem[]): CannotRunError =>
    new CannotRunError("InvalidRates", new InvalidInputError(`rates ${file}`, problems).message);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const allowed = `JSON (${error instanceof Error ? error.message : error})`;
    throw refuse([{ property: "file", given: "something else", allowed }]);
  }
  const read = RatesFile.safeParse(json);
  if (!read.success) throw refuse(read.error.issues.map((issue) => problemOf(issue, json)));
  const { source = file, date } = read.data;
  const plans = new Map<string, PlanRates>();
  const problems: Problem[] = [];
  read.data.rates.forEach(({ kind, term, payment, region, usageType: prefixed, rate }, at) => {
    const key = [kind, term, payment, region].join(" ");
    const plain = withoutPrefix(prefixed, region);
    const amount = Decimal.of(rate).toString();
    const plan = plans.get(key);
    const other = plan?.rates[plain];
    if (other !== undefined && other !== amount)
      problems.push({ property: `rates.${at}.rate`, given: amount, allowed: `${other}, as before: ${key} ${plain}` });
    plans.set(key, {
      kind,
      term,
      payment,
      region,
      service: PLAN_SERVICE[kind],
      source,
      ...(date !== undefined && { sourceDate: date }),
      rates: { ...plan?.rates, [plain]: amount },
    });
  });
  if (problems.length > 0) throw refuse(problems);
  return [...plans.values()];
}

function problemOf({ path, message }: z.core.$ZodIssue, json: unknown): Problem {
  const given = path.reduce<unknown>((at, name) => {
    return typeof at === "object" && at !== null ? Reflect.get(at, name) : undefined;
  }, json);
  return { property: path.join(".") || "file", given: printGiven(given), allowed: message };
}
