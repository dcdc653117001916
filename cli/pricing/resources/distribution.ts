import { textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, NotPricedReason } from "../charge";
import type { PricedKind } from "./pricedKind";

/** Price class whose edge locations the book has prices of: North America, Europe and Israel. */
const WEST_ONLY = "PriceClass_100";

/**
 * A distribution of CloudFront: requests, taken for HTTPS, and what is sent to readers in North America, which is
 * expected, or Europe. The terabyte that an account has free is not counted.
 */
export const distribution: PricedKind = {
  types: ["aws:cloudfront/distribution:Distribution"],
  charges: (resource, stack): readonly ChargeOrNot[] => [
    {
      what: "requests",
      service: "AmazonCloudFront",
      usageType: "US-Requests-Tier2-HTTPS",
      or: ["EU-Requests-Tier2-HTTPS"],
      quantity: stack.quantity(resource, "requests", stack.usage.network.cdnRequests),
      basis: "per-use",
    },
    {
      what: "data to readers",
      service: "AmazonCloudFront",
      usageType: "US-DataTransfer-Out-Bytes",
      or: ["EU-DataTransfer-Out-Bytes"],
      quantity: stack.quantity(resource, "gb", stack.usage.network.cdnGb),
      basis: "per-use",
    },
    ...(textAt(resource.inputs, "priceClass") === WEST_ONLY
      ? []
      : [
          {
            what: "readers elsewhere",
            reason: NotPricedReason.NoPrice,
            why: "no price of edge locations outside North America and Europe is in the book; they cost more",
          },
        ]),
  ],
};
