import { CsvFields } from "../../contracts/csvFields";
import { QuarantineReason } from "../../contracts/fleetManifest";
import type { Series } from "./fitFunction";
import { SeriesError } from "./seriesError";
import { parseTimestamp } from "./timestamp";

/** Header of a customer's CSV. */
export const SERIES_HEADER = "timestamp,consumption\n";

/** Share of the rows that may be unreadable: a missing reading now and then is usual, half of them is a mistake. */
const UNREADABLE_SHARE = 0.5;

/** Largest size of a value: its square, summed over any number of points, is still a number. */
const LARGEST = 1e100;

/**
 * Reads a customer's CSV: rows in any order, repeated timestamps averaged, rows without a readable time or number left out.
 * @param text latin1
 * @throws SeriesError when there is nothing to fit: no readable row, too few points, absurd values, or one value only
 */
export function readSeries(text: string, minimumPoints: number): Series {
  let rows = 0;
  const times: number[] = [];
  const values: number[] = [];
  const take = (timestamp: string, given: string): void => {
    if (rows++ === 0) return;
    const time = parseTimestamp(timestamp);
    const value = given.trim() === "" ? Number.NaN : Number(given);
    // Infinity is a value that somebody wrote; NaN is none.
    if (Number.isNaN(time) || Number.isNaN(value)) return;
    times.push(time);
    values.push(value);
  };
  readRows(text, take);
  const data = Math.max(0, rows - 1);
  if (times.length === 0)
    throw new SeriesError(QuarantineReason.Empty, `none of ${data} rows has a timestamp and a number`);
  if (times.length < data * (1 - UNREADABLE_SHARE)) {
    throw new SeriesError(QuarantineReason.Unreadable, `${data - times.length} of ${data} rows are not readable`);
  }
  const absurd = values.find((value) => !(Math.abs(value) <= LARGEST));
  if (absurd !== undefined) {
    throw new SeriesError(QuarantineReason.OutOfRange, `value ${absurd}; allowed: at most ${LARGEST} in size`);
  }
  const series = aggregate(times, values);
  if (series.times.length < minimumPoints) {
    const points = series.times.length;
    throw new SeriesError(
      QuarantineReason.TooShort,
      `${points} distinct timestamps; allowed: at least ${minimumPoints}`,
    );
  }
  const first = series.values[0];
  if (series.values.every((value) => value === first)) {
    throw new SeriesError(QuarantineReason.Constant, `every value is ${first}`);
  }
  return series;
}

/** Two columns of a CSV, row by row; without quotes there is only a comma to look for. */
function readRows(text: string, take: (first: string, second: string) => void): void {
  if (text.includes('"')) {
    const csv = new CsvFields();
    const row = ([first = "", second = ""]: readonly string[]): void => take(first, second);
    csv.push(text, row);
    csv.end(row);
    return;
  }
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf("\n", from);
    const end = next < 0 ? text.length : next;
    const comma = text.indexOf(",", from);
    if (comma >= 0 && comma < end) take(text.slice(from, comma), text.slice(comma + 1, end));
    else if (end > from) take(text.slice(from, end), "");
    from = end + 1;
  }
}

/** Sorts by time and averages what was measured at the same moment; the order of the rows does not matter to the last bit. */
function aggregate(times: readonly number[], values: readonly number[]): Series {
  const count = times.length;
  const order = new Uint32Array(count);
  let sorted = true;
  for (let i = 0; i < count; i++) {
    order[i] = i;
    if (i > 0 && !((times[i] as number) > (times[i - 1] as number))) sorted = false;
  }
  if (sorted) return { times: Float64Array.from(times), values: Float64Array.from(values) };
  order.sort((a, b) => (times[a] as number) - (times[b] as number) || (values[a] as number) - (values[b] as number));
  const distinct = new Float64Array(count);
  const means = new Float64Array(count);
  let points = 0;
  for (let i = 0; i < count; ) {
    const time = times[order[i] as number] as number;
    let sum = 0;
    let end = i;
    for (; end < count && times[order[end] as number] === time; end++) sum += values[order[end] as number] as number;
    distinct[points] = time;
    means[points++] = sum / (end - i);
    i = end;
  }
  return { times: distinct.slice(0, points), values: means.slice(0, points) };
}
