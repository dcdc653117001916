import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** A composite alarm of CloudWatch. */
export const compositeAlarm: PricedKind = {
  types: ["aws:cloudwatch/compositeAlarm:CompositeAlarm"],
  charges: () => [
    {
      what: "alarm",
      service: "AmazonCloudWatch",
      usageType: "CW:CompositeAlarmMonitorUsage",
      quantity: Range.exactly(1),
      basis: "fixed",
    },
  ],
};
