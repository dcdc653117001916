import type { Workload } from "./workload";

/** Seconds of a month of 730 hours. */
const MONTH_SECONDS = 730 * 3600;

/** Share of their processors that instances are expected to have in use; assumed, so that answers do not queue. */
export const TARGET_USE = 0.7;

/** Requests that are being answered at the same time on average over the month: their rate times their duration. */
export function meanBusy({ requestsPerMonth, durationMs }: Workload): number {
  return (requestsPerMonth / MONTH_SECONDS) * (durationMs / 1000);
}

/** The same while there is traffic. */
export function peakBusy(workload: Workload): number {
  return meanBusy(workload) * workload.peakFactor;
}

/** Instances of an endpoint over a month: how many run on average. */
export interface Instances {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** What instances are there for. */
export interface Demand {
  /** Requests at the same time that one instance answers. */
  readonly workers: number;
  /** Fewest instances: 0 where nothing runs while nothing is asked. */
  readonly least: 0 | 1;
  /** Share of the traffic that these instances get, of endpoints that share it out. Defaults to all. */
  readonly share?: number;
  /** Instances without which models or containers have no room. Defaults to 1. */
  readonly room?: number;
}

/**
 * Instances that a workload needs. Traffic comes in a month's 1/peakFactor, so many times the average; in that time there are
 * enough for it at the target use, and otherwise the fewest. Low: instances follow the average without any reserve. High:
 * those for the peak run all month, as with scaling that does not follow.
 */
export function instancesFor(workload: Workload, { workers, least, share = 1, room = 1 }: Demand): Instances {
  const { peakFactor } = workload;
  const busy = meanBusy(workload) * share;
  const atPeak = Math.max(room, Math.ceil((busy * peakFactor) / (workers * TARGET_USE)));
  const idle = least === 0 ? 0 : room;
  const expected = atPeak / peakFactor + idle * (1 - 1 / peakFactor);
  const low = least === 0 ? busy / workers : Math.max(room, busy / workers);
  return { low: Math.min(low, expected), expected, high: Math.max(atPeak, expected) };
}
