import * as z from "zod";
import { SavingsPlanKind } from "../contracts/tags";
import { arn, boolean, text } from "./configFields";

const kinds = Object.values(SavingsPlanKind);
const dollars = "a number above 0 (US dollars a month)";
const percent = (most: number) => {
  const allowed = `a number above 0 and at most ${most} (percent)`;
  return z.number({ error: allowed }).positive({ error: allowed }).max(most, { error: allowed });
};
const list = <T extends z.ZodType>(item: T, allowed: string) => z.array(item, { error: allowed });
const tagKey = text("a key of 1 to 128 characters", /^.{1,128}$/u);

/**
 * Configuration of the SavingsPlanCoverage of a stack; see its arguments for what each value does. A purchase is not
 * configured: a program that buys says so in its own text.
 */
export const Savings = z.strictObject(
  {
    kind: z.enum(kinds, { error: `one of ${kinds.join(", ")}` }).optional(),
    coveragePercent: percent(100).optional(),
    utilizationPercent: percent(100).optional(),
    monthlyUsd: z.number({ error: dollars }).positive({ error: dollars }).optional(),
    forecastPercent: percent(1_000_000).optional(),
    actualPercent: percent(1_000_000).optional(),
    monthlyTags: z.record(tagKey, z.string({ error: "a text" }), { error: "values by key" }).optional(),
    emails: list(text("an e-mail address", /^[^\s@]+@[^\s@]+\.[^\s@]+$/), "a list of e-mail addresses").optional(),
    topicArn: arn("sns").optional(),
    accountIds: list(text("an account id of 12 digits", /^\d{12}$/), "a list of account ids").optional(),
    activateCostTags: boolean.optional(),
    furtherCostTags: list(tagKey, "a list of keys").optional(),
  },
  { error: (issue) => (issue.code === "unrecognized_keys" ? undefined : "an object with budgets of costs and plans") },
);
