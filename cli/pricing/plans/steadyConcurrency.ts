import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { SavingsPlanKind } from "../../../contracts/tags";
import { inputAt, numberAt, textAt } from "../../quotas/graphInput";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";
import { scaledLeast } from "./scaledLeast";
import type { SteadyKind } from "./steadyKind";

const LAMBDA = "aws:lambda/function:Function";

/**
 * Executions that may be provisioned at most where their number is not known: the default quota of 1,000 less the 100 that
 * Lambda keeps (docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html).
 */
const MANY = 900;

/** Memory of a function that names none, in MB (API_CreateFunction). */
const DEFAULT_MEMORY_MB = 128;

/** Provisioned concurrency of a function: GB-seconds of every hour. Compute Savings Plans cover it, SageMaker's do not. */
export const steadyConcurrency: SteadyKind = {
  types: ["aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"],
  steady(resource, stack) {
    const what = "provisioned concurrency";
    const [lambda] = stack.dependencies(resource, LAMBDA, "functionName");
    const architectures = inputAt(lambda?.inputs, "architectures");
    const [first] = Array.isArray(architectures) ? architectures : [architectures === undefined ? "x86_64" : undefined];
    if (lambda === undefined || (first !== "arm64" && first !== "x86_64"))
      return [{ what, why: "its function, or that function's architecture, is not known" }];
    const given = inputAt(lambda.inputs, "memorySize");
    const mb = given === undefined ? DEFAULT_MEMORY_MB : numberAt(lambda.inputs, "memorySize");
    const { min, max } = SERVICE_LIMITS.lambda.memoryMb;
    const memory = mb === undefined ? Range.of(min, 1024, max) : Range.exactly(mb);
    return [
      {
        what,
        kind: SavingsPlanKind.Compute,
        usageType: `Lambda-Provisioned-Concurrency${first === "arm64" ? "-ARM" : ""}`,
        perHour: executions(resource, stack).times(memory).over(1024).times(3600),
      },
    ];
  },
};

function executions(resource: Parameters<SteadyKind["steady"]>[0], stack: PricedStack): Range {
  const scaling = stack.resources.find(({ type, inputs, dependencies }) => {
    if (type !== "aws:appautoscaling/target:Target" || textAt(inputs, "serviceNamespace") !== "lambda") return false;
    return dependencies.includes(resource.urn);
  });
  const declared = numberAt(resource.inputs, "provisionedConcurrentExecutions");
  const least = scaling ? scaledLeast(scaling, stack) : declared;
  if (least !== undefined) return Range.exactly(least);
  // Scaling may go down to none; what is provisioned without it is one execution at least.
  return scaling ? Range.of(0, 0, MANY) : Range.of(1, 1, MANY);
}
