import { HOURS_PER_MONTH } from "./charge";

const DAYS_PER_MONTH = HOURS_PER_MONTH / 24;
const HOURS_OF: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };

/**
 * How often a schedule of EventBridge Scheduler fires in a month of 730 hours, on average over a year; undefined for an
 * expression that is not understood (docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
 */
export function runsPerMonth(expression: string): number | undefined {
  if (expression.startsWith("at(")) return 0;
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim());
  if (rate) return HOURS_PER_MONTH / (Number(rate[1]) * (HOURS_OF[rate[2] ?? ""] ?? 1));
  const fields = /^cron\((.+)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) return undefined;
  const [minutes, hours, days, months, weekdays] = fields.map((field, at) => fires(field, FIELDS[at] ?? [0, 0]));
  if (minutes === undefined || hours === undefined || days === undefined || months === undefined) return undefined;
  if (weekdays === undefined) return undefined;
  // One of the two day fields is `?`; it lets every day through.
  const share = fields[2] === "?" ? weekdays / 7 : Math.min(1, days / DAYS_PER_MONTH);
  return minutes * hours * DAYS_PER_MONTH * share * (months / 12);
}

/** First and last value of each field: minutes, hours, days, months, weekdays, years. */
const FIELDS: readonly (readonly [number, number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [1, 7],
  [1970, 2199],
];
const NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** How many values of a field match; undefined for what is not understood (`L`, `W` and `#` are days that occur once). */
function fires(field: string, [first, last]: readonly [number, number]): number | undefined {
  if (field === "?" || field === "*") return last - first + 1;
  const values = new Set<number>();
  let once = 0;
  for (const part of field.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const [from, to] = range === "*" ? [first, last] : range.split("-").map((text) => numberOf(text, last));
    if (/[LW#]/.test(part) && from === undefined) once++;
    else if (from === undefined || Number.isNaN(from) || !(Number(step) > 0)) return undefined;
    else
      for (let value = from; value <= (to ?? (part.includes("/") ? last : from)); value += Number(step))
        values.add(value);
  }
  return values.size + once;
}

function numberOf(text: string, last: number): number | undefined {
  const names = last === 12 ? NAMES : last === 7 ? WEEKDAYS : [];
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + 1;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
