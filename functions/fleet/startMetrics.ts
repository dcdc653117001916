import { FLEET_START_METRICS, type FleetStartAnswer } from "../../contracts/fleetStart";
import { metricLine } from "../lambda/metricLine";

const line = metricLine(FLEET_START_METRICS);

/**
 * Fields that make a line of the log carry the metrics of a call.
 * @param now milliseconds since 1970
 */
export function startMetrics({ started }: FleetStartAnswer, now = Date.now()): Record<string, unknown> {
  return line({ RunsStarted: started ? 1 : 0, RunsSkipped: started ? 0 : 1 }, {}, now);
}
