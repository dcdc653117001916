import type { Rule } from "../../contracts/rule";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { boundedNumber } from "../subjects/boundedNumber";
import { boundProblems } from "../subjects/boundProblems";
import { LAMBDA_FUNCTION_TYPES } from "../subjects/lambdaFunction";
import { valueAt } from "../subjects/valueAt";
import { numberParameter } from "../typedParameter";

const { min, max } = SERVICE_LIMITS.lambda.timeoutSeconds;

/** Seconds that a function on instances of its own may run (docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html). */
const MANAGED_INSTANCE_SECONDS = 5400;

/** A function's timeout is chosen, and one that Lambda takes. */
export const functionTimeout: Rule = {
  id: "function-timeout",
  pack: "guardrails",
  severity: "medium",
  // Lambda's own default is short and cheap; what is refused is refused by Lambda itself.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Lambda functions have a timeout that somebody chose",
  why:
    "Without a timeout Lambda ends a function after 3 seconds: a model that takes longer to load fails every time, and " +
    "every retry is billed. One that is longer than the work is worth bills a hang in full: 15 minutes at 10 GB cost " +
    "$0.12 on arm64 ($0.0000133334 for a GB-second, us-east-1, AWS price list of 2025-10-30), for each event.",
  fix: `Set timeout to a little more than the slowest execution that is worth its price, in seconds, at most ${max}.`,
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html",
  config: { maxSeconds: { type: "number", description: "Longest timeout, in seconds.", default: max } },
  types: LAMBDA_FUNCTION_TYPES,
  configProblems: (config) => boundProblems(config, { maxSeconds: min }),

  check({ inputs }, { config }) {
    const chosen = numberParameter(config, "maxSeconds");
    const managed = valueAt(inputs, "capacityProviderConfig") !== undefined;
    return boundedNumber("timeout", valueAt(inputs, "timeout"), {
      min,
      max: managed && chosen === max ? MANAGED_INSTANCE_SECONDS : chosen,
      unit: "seconds",
      absent: "absent, so Lambda ends the function after 3 seconds",
    });
  },
};
