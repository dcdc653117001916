import { FLEET_START_METRICS } from "../../../contracts/fleetStart";
import type { GraphResource } from "../../../contracts/graph";
import { NORMALIZE_METRICS } from "../../../contracts/normalizeMetrics";
import type { ChargeOrNot } from "../charge";
import { Range } from "../range";
import { ACCESS_POINT_COMPONENT } from "./imageDeliveries";
import type { PricedKind } from "./pricedKind";

/** Metrics of one delivery of images: they have the delivery's name as a dimension. */
const METRICS_OF_DELIVERY = Object.keys(NORMALIZE_METRICS).length;

/** Deliveries that there are. */
const DELIVERIES = 3;

/** Metrics of a fleet's start function. */
const METRICS_OF_START = Object.keys(FLEET_START_METRICS).length;

/** Custom metrics of our components' functions, which their logs carry. A metric is charged in the hours that report it. */
export const componentMetrics: PricedKind = {
  types: [ACCESS_POINT_COMPONENT, "frugal-ml:index:TrainingFleet"],
  charges: (resource): readonly ChargeOrNot[] => [
    {
      what: "custom metrics",
      service: "AmazonCloudWatch",
      usageType: "CW:MetricMonitorUsage",
      quantity: metrics(resource).fromZero(),
      basis: "per-use",
    },
  ],
};

function metrics({ type, inputs }: GraphResource): Range {
  if (type !== ACCESS_POINT_COMPONENT) return Range.exactly(METRICS_OF_START);
  const deliveries = inputs["deliveries"];
  if (Array.isArray(deliveries)) return Range.exactly(METRICS_OF_DELIVERY * deliveries.length);
  return Range.of(0, METRICS_OF_DELIVERY, METRICS_OF_DELIVERY * DELIVERIES);
}
