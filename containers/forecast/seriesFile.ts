import { QuarantineReason } from "../../contracts/fleetManifest";
import { printGiven } from "../../contracts/problems";
import type { Series } from "./fitFunction";
import { orderSeries } from "./orderSeries";
import { SeriesError } from "./seriesError";
import { readSeriesRows } from "./seriesRows";

/** Header of a customer's CSV. */
export const SERIES_HEADER = "timestamp,consumption\n";

/** Share of the rows that may be unreadable: a missing reading now and then is usual, half of them is a mistake. */
const UNREADABLE_SHARE = 0.5;

/** Largest size of a value: its square, summed over any number of points, is still a number. */
const LARGEST = 1e100;

/**
 * Reads a customer's CSV: rows in any order, repeated timestamps averaged, rows without a readable time or number left out.
 * @param csv latin1
 * @throws SeriesError when there is nothing to fit: no readable row, too few points, absurd values, or one value only
 */
export function readSeries(csv: Uint8Array | string, minimumPoints: number): Series {
  const { rows, times, values, unreadable } = readSeriesRows(
    typeof csv === "string" ? Buffer.from(csv, "latin1") : csv,
  );
  if (times.length === 0)
    throw new SeriesError(
      QuarantineReason.Empty,
      `none of ${rows} rows has a timestamp and a number${first(unreadable)}`,
    );
  if (times.length < rows * (1 - UNREADABLE_SHARE)) {
    throw new SeriesError(
      QuarantineReason.Unreadable,
      `${rows - times.length} of ${rows} rows are not readable${first(unreadable)}`,
    );
  }
  const absurd = firstAbsurd(values);
  if (absurd !== undefined) {
    throw new SeriesError(QuarantineReason.OutOfRange, `value ${absurd}; allowed: at most ${LARGEST} in size`);
  }
  const series = orderSeries(times, values);
  if (series.times.length < minimumPoints) {
    const points = series.times.length;
    throw new SeriesError(
      QuarantineReason.TooShort,
      `${points} distinct timestamps; allowed: at least ${minimumPoints}`,
    );
  }
  if (isConstant(series.values)) throw new SeriesError(QuarantineReason.Constant, `every value is ${series.values[0]}`);
  return series;
}

function first(unreadable: string | undefined): string {
  return unreadable === undefined ? "" : `, the first is ${printGiven(unreadable)}`;
}

function firstAbsurd(values: Float64Array): number | undefined {
  for (let i = 0; i < values.length; i++) if (!(Math.abs(values[i] as number) <= LARGEST)) return values[i];
  return undefined;
}

function isConstant(values: Float64Array): boolean {
  const first = values[0];
  for (let i = 1; i < values.length; i++) if (values[i] !== first) return false;
  return true;
}
