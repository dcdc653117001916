import { select } from "./select";
import { DAY_MS } from "./timeAxis";

/** How a series goes on from one timestamp to the next. */
export type SeriesStep =
  | { readonly unit: "milliseconds"; readonly length: number }
  /** Calendar months in UTC. `day` is the day of the month that is meant, where a month has it: 31 is every month's end. */
  | { readonly unit: "months"; readonly count: number; readonly day: number };

/** Where a series ends and how it goes on: what its future timestamps follow from. */
export interface SeriesAxis {
  /** Last timestamp, in milliseconds since 1970-01-01 UTC. */
  readonly last: number;
  readonly step: SeriesStep;
}

/** Shortest month. */
const SHORTEST_MONTH_MS = 28 * DAY_MS;

/** Latest moment that JavaScript's dates know. */
const LATEST = 8.64e15;

/**
 * Reads the axis of a series: whole calendar months when every gap is some, or else the median gap.
 * @param times ascending, distinct, at least one; a single one goes on by the day
 */
export function seriesAxis(times: Float64Array): SeriesAxis {
  const last = times[times.length - 1] ?? 0;
  const gaps = new Float64Array(Math.max(0, times.length - 1));
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < gaps.length; i++) {
    const gap = (times[i + 1] as number) - (times[i] as number);
    gaps[i] = gap;
    if (gap < shortest) shortest = gap;
  }
  if (gaps.length === 0) return { last, step: { unit: "milliseconds", length: DAY_MS } };
  const months = shortest >= SHORTEST_MONTH_MS ? monthStep(times) : undefined;
  return { last, step: months ?? { unit: "milliseconds", length: select(gaps, gaps.length >> 1) } };
}

/**
 * Timestamps that follow a series.
 * @returns undefined when they would leave what dates can say
 */
export function futureTimes({ last, step }: SeriesAxis, count: number): Float64Array | undefined {
  const times = new Float64Array(count);
  if (step.unit === "milliseconds") {
    for (let i = 0; i < count; i++) times[i] = last + (i + 1) * step.length;
  } else {
    const end = new Date(last);
    const [month, timeOfDay] = [monthOf(end), timeOfDayOf(last)];
    for (let i = 0; i < count; i++) times[i] = momentOf(month + (i + 1) * step.count, step.day) + timeOfDay;
  }
  return (times[count - 1] as number) <= LATEST ? times : undefined;
}

/** The step in months, when all points stand on the same day of their month, or at its end, at the same time of day. */
function monthStep(times: Float64Array): SeriesStep | undefined {
  const dates = Array.from(times, (time) => new Date(time));
  const day = dates.every((date) => date.getUTCDate() === daysIn(monthOf(date)))
    ? 31
    : Math.max(...dates.map((date) => date.getUTCDate()));
  const timeOfDay = timeOfDayOf(times[0] as number);
  const gaps = new Float64Array(times.length - 1);
  for (const [index, date] of dates.entries()) {
    const month = monthOf(date);
    if (momentOf(month, day) + timeOfDay !== times[index]) return undefined;
    if (index > 0) gaps[index - 1] = month - monthOf(dates[index - 1] as Date);
  }
  return { unit: "months", count: select(gaps, gaps.length >> 1), day };
}

/** Months since the year 0. */
function monthOf(date: Date): number {
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function daysIn(month: number): number {
  return new Date(midnight(month + 1, 1) - DAY_MS).getUTCDate();
}

/** Midnight of a day in a month, or of the month's last day when it has not that many. */
function momentOf(month: number, day: number): number {
  return midnight(month, day > 28 ? Math.min(day, daysIn(month)) : day);
}

function midnight(month: number, day: number): number {
  const year = Math.floor(month / 12);
  // Date.UTC takes the years 0 to 99 for those of the twentieth century.
  return year >= 100
    ? Date.UTC(year, month - year * 12, day)
    : new Date(0).setUTCFullYear(year, month - year * 12, day);
}

function timeOfDayOf(time: number): number {
  return time - Math.floor(time / DAY_MS) * DAY_MS;
}
