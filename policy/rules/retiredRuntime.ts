import { isUnknown } from "../../contracts/graph";
import { RETIREMENTS } from "../../contracts/retirements";
import type { Finding, Rule } from "../../contracts/rule";
import { LAMBDA_FUNCTION_TYPES } from "../subjects/lambdaFunction";
import { valueAt } from "../subjects/valueAt";
import { listParameter } from "../typedParameter";

/** A function runs on a runtime that AWS still mends. */
export const retiredRuntime: Rule = {
  id: "retired-runtime",
  pack: "guardrails",
  severity: "high",
  enforcement: "mandatory",
  // A runtime is a constant of the program's; one that is not known yet comes from a configuration that should be looked at.
  onUnknown: "fail",
  title: "Lambda functions run on runtimes that AWS supports",
  why:
    `Of the runtimes listed here, deprecated by ${RETIREMENTS.readOn}, AWS mends no security holes, and sooner or later ` +
    "refuses to create and then to update functions (AWS Lambda developer guide, lambda-runtimes.html): the day on which " +
    "a fix is urgent is the day on which it cannot be deployed.",
  fix: "Set runtime to a supported one, for example nodejs24.x, python3.14, java25 or provided.al2023, and test with it.",
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  config: {
    allowed: {
      type: "array",
      items: { type: "string" },
      description: "Deprecated runtimes that are allowed all the same, for the time of a migration.",
      default: [],
    },
  },
  types: LAMBDA_FUNCTION_TYPES,

  check({ inputs }, { config }): readonly Finding[] {
    const path = "runtime";
    const runtime = valueAt(inputs, path);
    if (isUnknown(runtime)) return [{ status: "unknown", path, message: "not known yet; AWS must still support it" }];
    if (typeof runtime !== "string" || listParameter(config, "allowed").includes(runtime)) return [];
    if (!RETIREMENTS.lambdaRuntimes.some((retired) => retired === runtime)) return [];
    return [{ status: "fail", path, message: `a runtime that AWS had deprecated by ${RETIREMENTS.readOn}` }];
  },
};
