import type { GraphResource } from "../../contracts/graph";
import { inputAt, numberAt } from "./graphInput";
import type { QuotaNeed } from "./quotaNeed";

const FUNCTION = "aws:lambda/function:Function";

/** What functions reserve of the account's concurrency. A function that reserves nothing, or none at all (-1), needs nothing. */
export function functionQuotas(resources: readonly GraphResource[]): readonly QuotaNeed[] {
  return resources.flatMap(({ urn, type, inputs }) => {
    if (type !== FUNCTION || inputAt(inputs, "reservedConcurrentExecutions") === undefined) return [];
    const reserved = numberAt(inputs, "reservedConcurrentExecutions");
    if (reserved !== undefined && reserved <= 0) return [];
    return [
      { service: "lambda", quota: CONCURRENCY, needed: reserved ?? 0, atLeast: reserved === undefined, because: urn },
    ];
  });
}

/** Name of the quota on what all functions of a Region may run at once. */
export const CONCURRENCY = "Concurrent executions";

/**
 * What Lambda keeps for functions that reserve nothing: reservations may take all but this
 * (docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html).
 */
export const UNRESERVED = 100;
