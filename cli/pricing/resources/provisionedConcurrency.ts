import { numberAt } from "../../quotas/graphInput";
import { type ChargeOrNot, HOURS_PER_MONTH, unknownInput } from "../charge";
import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** Provisioned concurrency of a function: GB-seconds for every hour that it is there, whether it is used or not. */
export const provisionedConcurrency: PricedKind = {
  types: ["aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const [lambda] = stack.dependencies(resource, "aws:lambda/function:Function", "functionName");
    const count = numberAt(resource.inputs, "provisionedConcurrentExecutions");
    const memory = numberAt(lambda?.inputs, "memorySize");
    if (count === undefined || memory === undefined)
      return [
        unknownInput("provisioned concurrency", "the function's memory, or how much is provisioned, is not known"),
      ];
    const architectures = lambda?.inputs["architectures"];
    const arm = Array.isArray(architectures) && architectures[0] === "arm64";
    return [
      {
        what: "provisioned concurrency",
        service: "AWSLambda",
        usageType: `Lambda-Provisioned-Concurrency${arm ? "-ARM" : ""}`,
        quantity: Range.exactly(count * (memory / 1024) * HOURS_PER_MONTH * 3600),
        basis: "fixed",
      },
    ];
  },
};
