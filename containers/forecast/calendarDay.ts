import { DAY_MS } from "./timeAxis";

/** Days before each month of a year that is no leap year, and in it. */
const DAYS_BEFORE = Int32Array.of(0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334);
const DAYS_OF = Int32Array.of(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/** Days from 0001-01-01 to 1970-01-01. */
const BEFORE_EPOCH = 719_162;

/**
 * Midnight of a day of the calendar, in UTC.
 * @param year from 1 on
 * @param month 1 to 12
 * @param day from 1 on
 * @returns milliseconds since 1970-01-01 UTC; NaN when the month has not that many days
 */
export function calendarDay(year: number, month: number, day: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 1 : 0;
  if (day > (DAYS_OF[month - 1] as number) + (month === 2 ? leap : 0)) return Number.NaN;
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const ofYear = (DAYS_BEFORE[month - 1] as number) + (month > 2 ? leap : 0);
  return (before * 365 + leaps + ofYear + day - 1 - BEFORE_EPOCH) * DAY_MS;
}
