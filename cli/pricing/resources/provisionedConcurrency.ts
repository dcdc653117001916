import { numberAt } from "../../quotas/graphInput";
import { type ChargeOrNot, HOURS_PER_MONTH, unknownInput } from "../charge";
import { architecture, memoryOf, usage } from "./lambdaFunction";
import type { PricedKind } from "./pricedKind";

/** Provisioned concurrency of a function: GB-seconds for every hour that it is there, whether it is used or not. */
export const provisionedConcurrency: PricedKind = {
  types: ["aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const [lambda] = stack.dependencies(resource, "aws:lambda/function:Function", "functionName");
    const count = numberAt(resource.inputs, "provisionedConcurrentExecutions");
    if (count === undefined || count < 0 || lambda === undefined)
      return [unknownInput("provisioned concurrency", "the function, or how much is provisioned, is not known")];
    return [
      {
        what: "provisioned concurrency",
        service: "AWSLambda",
        ...usage("Lambda-Provisioned-Concurrency", architecture(lambda)),
        quantity: memoryOf(lambda)
          .over(1024)
          .times(count * HOURS_PER_MONTH * 3600),
        basis: "fixed",
      },
    ];
  },
};
