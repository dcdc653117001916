import { HOURS_PER_MONTH } from "../charge";
import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** A public IPv4 address, which is charged for whether it is attached or not. */
export const publicAddress: PricedKind = {
  types: ["aws:ec2/eip:Eip"],
  charges: () => [
    {
      what: "hours",
      service: "AmazonVPC",
      usageType: "PublicIPv4:InUseAddress",
      quantity: Range.exactly(HOURS_PER_MONTH),
      basis: "fixed",
    },
  ],
};
