import { inputAt, numberAt, objectsAt } from "../../quotas/graphInput";
import type { ChargeOrNot } from "../charge";
import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** Period below which an alarm is of high resolution, in seconds. */
const STANDARD_SECONDS = 60;

/** An alarm of CloudWatch: every metric that it looks at is charged; one of metric math looks at several. */
export const alarm: PricedKind = {
  types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
  charges({ inputs }): readonly ChargeOrNot[] {
    const queries = objectsAt(inputs, "metricQueries").filter((query) => inputAt(query, "metric") !== undefined);
    const periods = [
      numberAt(inputs, "period"),
      ...queries.map((query) => numberAt(inputAt(query, "metric"), "period")),
    ];
    const fine = periods.some((period) => period !== undefined && period < STANDARD_SECONDS);
    return [
      {
        what: "metrics watched",
        service: "AmazonCloudWatch",
        usageType: fine ? "CW:HighResAlarmMonitorUsage" : "CW:AlarmMonitorUsage",
        quantity: Range.exactly(Math.max(1, queries.length)),
        basis: "fixed",
      },
    ];
  },
};
