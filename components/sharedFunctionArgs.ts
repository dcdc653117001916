import { Delivery } from "../contracts/delivery";
import type { CheckedInputs } from "./checkedInputs";
import type { NormalizingAccessPointArgs } from "./normalizingAccessPointArgs";

/** Arguments of a function, which one that is shared already has. */
const OF_FUNCTION = [
  "memorySize",
  "timeout",
  "runtime",
  "reservedConcurrency",
  "logRetentionDays",
  "alarms",
  "dashboard",
] as const;

/** Checks what goes together with a function that is shared. */
export function checkShared(
  args: NormalizingAccessPointArgs,
  deliveries: readonly string[],
  checks: CheckedInputs,
): void {
  if ((args.sharedFunction === undefined) !== (args.sharedRole === undefined)) {
    const property = args.sharedFunction === undefined ? "sharedFunction" : "sharedRole";
    checks.add([{ property, given: "nothing", allowed: "sharedFunction and sharedRole together" }]);
  }
  if (args.sharedFunction === undefined) return;
  checks.input("sharedFunction", args.sharedFunction, {
    allowed: "the ARN of a function",
    test: (value) => /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+$/.test(value),
  });
  checks.plain("deliveries", deliveries, {
    allowed: `${Delivery.ObjectLambda} alone with sharedFunction: what the others read is a function's own configuration`,
    test: (values) => values.length === 1 && values[0] === Delivery.ObjectLambda,
  });
  for (const property of OF_FUNCTION) {
    if (args[property] === undefined || args[property] === false) continue;
    checks.add([{ property, given: "with sharedFunction", allowed: "only where the function is made" }]);
  }
}
