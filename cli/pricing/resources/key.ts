import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** A customer managed key of KMS, and requests to it. */
export const key: PricedKind = {
  types: ["aws:kms/key:Key"],
  charges: (resource, stack) => [
    { what: "key", service: "awskms", usageType: "KMS-Keys", quantity: Range.exactly(1), basis: "fixed" },
    {
      what: "requests",
      service: "awskms",
      usageType: "KMS-Requests",
      quantity: stack.quantity(resource, "requests", stack.usage.network.keyRequests),
      basis: "per-use",
    },
  ],
};
