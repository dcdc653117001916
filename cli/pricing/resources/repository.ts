import type { PricedKind } from "./pricedKind";

/** A repository of container images: what is stored. */
export const repository: PricedKind = {
  types: ["aws:ecr/repository:Repository"],
  charges: (resource, stack) => [
    {
      what: "images stored",
      service: "AmazonECR",
      usageType: "TimedStorage-ByteHrs",
      quantity: stack.quantity(resource, "gb", stack.usage.storage.imageGb),
      basis: "fixed",
    },
  ],
};
