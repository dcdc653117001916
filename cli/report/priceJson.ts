import { jsonText } from "./jsonText";
import { overBudget, type PricedStackReport } from "./priceReport";

/** Version of the JSON's shape: raised when something that a program reads is renamed or removed. */
const SCHEMA = 1;

/** The result for programs. Money and quantities are decimal texts, so that nothing is lost in a float. */
export function priceJson(report: PricedStackReport): string {
  const { result, comparison, savings, plans, budget } = report;
  const document = {
    schema: SCHEMA,
    ...result,
    ...(comparison && { comparison }),
    ...(savings && { savings }),
    ...(plans && { plans }),
    ...(budget !== undefined && { budget: { usd: budget, over: overBudget(report) } }),
  };
  return jsonText(document);
}
