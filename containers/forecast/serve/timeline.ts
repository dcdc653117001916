import { futureTimes, type SeriesAxis, type SeriesStep } from "../seriesAxis";

/** Timestamps of an answer, and how they are written. */
export interface Timeline {
  readonly times: Float64Array;
  /** ISO 8601 in UTC. */
  readonly texts: readonly string[];
  /** The same as a JSON array. */
  readonly json: string;
}

/** Slots of the cache, a power of two. */
const SLOTS = 256;

/** Longest timeline that is kept. */
const LONGEST_KEPT = 512;

interface Slot {
  readonly axis: SeriesAxis;
  readonly period: number;
  readonly timeline: Timeline;
}

const slots = new Array<Slot | undefined>(SLOTS).fill(undefined);

/**
 * The timestamps that follow a series. Customers that are measured together have the same, so the last ones are kept.
 * @returns undefined when they would leave what dates can say
 */
export function futureTimeline(axis: SeriesAxis, period: number): Timeline | undefined {
  const at = (Math.imul(Math.trunc(axis.last / 1000), 0x9e3779b1) + period) & (SLOTS - 1);
  const slot = slots[at];
  if (slot !== undefined && slot.period === period && sameAxis(slot.axis, axis)) return slot.timeline;
  const times = futureTimes(axis, period);
  if (times === undefined) return undefined;
  const timeline = timelineOf(times);
  if (period <= LONGEST_KEPT) slots[at] = { axis, period, timeline };
  return timeline;
}

/** Writes times as they are. */
export function timelineOf(times: Float64Array): Timeline {
  const texts = Array.from(times, (time) => new Date(time).toISOString());
  return { times, texts, json: `["${texts.join('","')}"]` };
}

function sameAxis(a: SeriesAxis, b: SeriesAxis): boolean {
  return a === b || (a.last === b.last && sameStep(a.step, b.step));
}

function sameStep(a: SeriesStep, b: SeriesStep): boolean {
  if (a.unit === "milliseconds") return b.unit === "milliseconds" && a.length === b.length;
  return b.unit === "months" && a.count === b.count && a.day === b.day;
}
