import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** A dashboard of CloudWatch. The three that an account has free are not counted. */
export const dashboard: PricedKind = {
  types: ["aws:cloudwatch/dashboard:Dashboard"],
  charges: () => [
    {
      what: "dashboard",
      service: "AmazonCloudWatch",
      usageType: "DashboardsUsageHour",
      quantity: Range.exactly(1),
      basis: "fixed",
    },
  ],
};
