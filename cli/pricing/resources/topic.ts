import type { PricedKind } from "./pricedKind";

/** A topic of SNS: what is published. Deliveries by HTTP and e-mail depend on who subscribes, and are not counted. */
export const topic: PricedKind = {
  types: ["aws:sns/topic:Topic"],
  charges: (resource, stack) => [
    {
      what: "requests",
      service: "AmazonSNS",
      usageType: "Requests-Tier1",
      quantity: stack.quantity(resource, "requests", stack.usage.queues.messages),
      basis: "per-use",
    },
  ],
};
