import { calendarDay } from "./calendarDay";

/**
 * Reads `2024-05-31`, `2024-05-31 13:45`, `2024-05-31T13:45:10.123Z` or with an offset `+02:00`, `+0200` or `+02`. Without a zone it is UTC.
 * Everything else is left to JavaScript, and what that cannot read either is NaN.
 * @returns milliseconds since 1970-01-01 UTC
 */
export function parseTimestamp(text: string): number {
  const length = text.length;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && text[4] === "-" && text[7] === "-")) return other(text);
  const date = calendarDay(year, month, day);
  if (length === 10 || Number.isNaN(date)) return date;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const separator = text[10];
  if (!((separator === " " || separator === "T") && hour < 24 && minute < 60 && text[13] === ":")) return other(text);
  const time = date + hour * 3_600_000 + minute * 60_000;
  if (length === 16) return time;
  const second = digits(text, 17, 2);
  if (!(text[16] === ":" && second < 60)) return other(text);
  const whole = time + second * 1000;
  if (length === 19 || (length === 20 && text[19] === "Z")) return whole;
  if (text[19] === "." && length === 24 && text[23] === "Z") {
    const milliseconds = digits(text, 20, 3);
    if (milliseconds >= 0) return whole + milliseconds;
  }
  return other(text);
}

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** ISO 8601 as JavaScript reads it, but in UTC when no zone is given, whatever the machine's own zone is. */
function other(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/.exec(
    text.trim(),
  );
  if (match === null) return Number.NaN;
  const [, date, time = "", zone = "Z"] = match;
  const offset =
    zone === "UTC" ? "Z" : zone.replace(/^([+-]\d{2})(\d{2})?$/, (_, hours, minutes = "00") => `${hours}:${minutes}`);
  return Date.parse(`${date}T${time.replace(",", ".")}${offset}`);
}
