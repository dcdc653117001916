import { HOURS_PER_MONTH } from "../charge";
import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** A NAT gateway: its hours, and the data through it. Its public address is charged apart, where it has one. */
export const natGateway: PricedKind = {
  types: ["aws:ec2/natGateway:NatGateway"],
  charges: (resource, stack) => [
    {
      what: "hours",
      service: "AmazonEC2",
      usageType: "NatGateway-Hours",
      quantity: Range.exactly(HOURS_PER_MONTH),
      basis: "fixed",
    },
    {
      what: "data",
      service: "AmazonEC2",
      usageType: "NatGateway-Bytes",
      quantity: stack.quantity(resource, "gb", stack.usage.network.natGb),
      basis: "per-use",
    },
  ],
};
