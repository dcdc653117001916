const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/**
 * Reads `2024-05-31`, `2024-05-31 13:45`, `2024-05-31T13:45:10.123Z` or with an offset `+02:00`. Without a zone it is UTC.
 * Everything else is left to JavaScript, and what that cannot read either is NaN.
 * @returns milliseconds since 1970-01-01 UTC
 */
export function parseTimestamp(text: string): number {
  const length = text.length;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && text[4] === "-" && text[7] === "-")) return other(text);
  if (day > daysOf(year, month)) return Number.NaN;
  const date = epochDay(year, month, day) * 86_400_000;
  if (length === 10) return date;
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

function daysOf(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function epochDay(year: number, month: number, day: number): number {
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const ofYear = (DAYS_BEFORE_MONTH[month - 1] as number) + (month > 2 && isLeap(year) ? 1 : 0);
  return before * 365 + leaps + ofYear + day - 1 - 719_162;
}

/** ISO 8601 as JavaScript reads it, but in UTC when no zone is given, whatever the machine's own zone is. */
function other(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?$/.exec(
    text.trim(),
  );
  if (match === null) return Number.NaN;
  const [, date, time = "", zone = "Z"] = match;
  const offset = zone === "UTC" ? "Z" : zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
  return Date.parse(`${date}T${time.replace(",", ".")}${offset}`);
}
