import { type Problem, printGiven } from "../../../contracts/problems";
import { parseTimestamp } from "../timestamp";
import { Form } from "./exchangeFormat";
import { invalidRequest } from "./servingError";

/** Most steps, or timestamps, of one answer. */
export const LARGEST_PERIOD = 10_000;

/** Problems that are told of one list; the rest would say the same. */
const PROBLEMS_TOLD = 20;

/** What a caller wants to know: the next steps, or certain times. */
export type ForecastQuery =
  | { readonly period: number }
  /** Milliseconds since 1970-01-01 UTC, as they were given. */
  | { readonly times: Float64Array };

const PERIOD = `an integer from 1 to ${LARGEST_PERIOD}`;
const TIMESTAMPS = `1 to ${LARGEST_PERIOD} ISO 8601 timestamps`;

/**
 * Reads a request: `{"period":7}`, `{"timestamps":["2026-01-01T00:00:00Z"]}`, or as CSV a period with or without the header `period`.
 * @throws ServingError InvalidRequest with everything that is wrong
 */
export function readQuery(text: string, form: Form): ForecastQuery {
  return form === Form.Csv ? readCsv(text) : readJson(text);
}

function readJson(text: string): ForecastQuery {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw invalidRequest([{ property: "body", given: printGiven(text), allowed: "JSON" }]);
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    const allowed = `an object with either period (${PERIOD}) or timestamps (${TIMESTAMPS})`;
    throw invalidRequest([{ property: "body", given: printGiven(given), allowed }]);
  }
  const { period, timestamps, ...others } = given as { period?: unknown; timestamps?: unknown };
  const problems: Problem[] = [];
  for (const name of Object.keys(others).slice(0, PROBLEMS_TOLD)) {
    problems.push({ property: name, given: "a property", allowed: "nothing but period or timestamps" });
  }
  if (period !== undefined && timestamps !== undefined) {
    problems.push({ property: "timestamps", given: "period too", allowed: "one of the two" });
  }
  const times = timestamps === undefined ? undefined : readTimestamps(timestamps, problems);
  if (times === undefined || period !== undefined) checkPeriod(period, problems);
  if (problems.length > 0) throw invalidRequest(problems);
  return times === undefined ? { period: period as number } : { times };
}

function checkPeriod(period: unknown, problems: Problem[]): void {
  if (typeof period === "number" && Number.isInteger(period) && period >= 1 && period <= LARGEST_PERIOD) return;
  problems.push({ property: "period", given: printGiven(period), allowed: PERIOD });
}

function readTimestamps(given: unknown, problems: Problem[]): Float64Array {
  if (!Array.isArray(given) || given.length === 0 || given.length > LARGEST_PERIOD) {
    const size = Array.isArray(given) ? `${given.length} of them` : printGiven(given);
    problems.push({ property: "timestamps", given: size, allowed: TIMESTAMPS });
    return new Float64Array(0);
  }
  const times = new Float64Array(given.length);
  let told = 0;
  for (const [index, text] of given.entries()) {
    const time = typeof text === "string" ? parseTimestamp(text) : Number.NaN;
    times[index] = time;
    if (Number.isNaN(time) && told++ < PROBLEMS_TOLD) {
      const allowed = "an ISO 8601 timestamp, such as 2026-01-31 or 2026-01-31T12:00:00Z";
      problems.push({ property: `timestamps[${index}]`, given: printGiven(text), allowed });
    }
  }
  return times;
}

function readCsv(text: string): ForecastQuery {
  const lines = text.split("\n", 4).map((line) => line.trim());
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  const [value = "", ...others] = lines[0]?.toLowerCase() === "period" ? lines.slice(1) : lines;
  const period = /^\d{1,9}$/.test(value) ? Number(value) : value;
  const problems: Problem[] = [];
  checkPeriod(period, problems);
  if (others.length > 0) {
    problems.push({ property: "body", given: "more rows", allowed: "one row, with or without the header period" });
  }
  if (problems.length > 0) throw invalidRequest(problems);
  return { period: period as number };
}
