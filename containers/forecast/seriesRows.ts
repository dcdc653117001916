import { CsvFields } from "../../contracts/csvFields";
import { calendarDay } from "./calendarDay";
import { parseTimestamp } from "./timestamp";

/** Rows of a customer's CSV. */
export interface SeriesRows {
  /** Rows below the header. */
  readonly rows: number;
  /** Those that can be read, in their order. Good until the next series is read. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** The first row that cannot be read, as text. */
  readonly unreadable?: string | undefined;
}

/** Signs that a row is made of. */
const [LINE_FEED, RETURN, QUOTE, COMMA, MINUS, POINT] = [10, 13, 34, 44, 45, 46];
const [ZERO, NINE, COLON, SPACE, T, Z] = [48, 57, 58, 32, 84, 90];

/** Most digits of a number that is surely exact, and the powers of ten that a part of it is divided by: the quotient is the nearest number. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/** Shortest row that the fast way reads: a day, a comma, a digit. */
const SHORTEST = 12;

/**
 * Reads two columns of CSV: a time and a number. Rows in the usual spellings are read as bytes, digit by digit; every
 * other one as text. A file with quotes is text throughout.
 * @param csv latin1
 */
export function readSeriesRows(csv: Uint8Array): SeriesRows {
  const reader = new RowReader(csv);
  if (csv.includes(QUOTE)) reader.readQuoted();
  else reader.readPlain();
  return reader.found();
}

/** Grows to the longest series, and serves every one after the other. */
let times = new Float64Array(1024);
let values = new Float64Array(1024);

class RowReader {
  #count = 0;
  /** With the header. */
  #rows = 0;
  #at = 0;
  #value = Number.NaN;
  #unreadable: string | undefined;

  constructor(private readonly csv: Uint8Array) {}

  found(): SeriesRows {
    return {
      rows: Math.max(0, this.#rows - 1),
      times: times.subarray(0, this.#count),
      values: values.subarray(0, this.#count),
      ...(this.#unreadable !== undefined && { unreadable: this.#unreadable }),
    };
  }

  readQuoted(): void {
    const fields = new CsvFields();
    const row = ([time = "", value = ""]: readonly string[]): void => this.#takeText(time, value);
    fields.push(text(this.csv, 0, this.csv.length), row);
    fields.end(row);
  }

  readPlain(): void {
    const { csv } = this;
    while (this.#at < csv.length) {
      const time = this.#rows === 0 ? undefined : this.#time(this.#at);
      if (time === undefined || !this.#number()) this.#line();
      else this.#keep(time, this.#value);
    }
  }

  /** The time at the beginning of a row, and goes on behind its comma; undefined when it is spelled in another way. */
  #time(at: number): number | undefined {
    const { csv } = this;
    if (at + SHORTEST > csv.length || csv[at + 4] !== MINUS || csv[at + 7] !== MINUS) return undefined;
    const year = this.#two(at) * 100 + this.#two(at + 2);
    const month = this.#two(at + 5);
    const day = this.#two(at + 8);
    if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return undefined;
    const date = calendarDay(year, month, day);
    if (Number.isNaN(date)) return undefined;
    const sign = csv[at + 10];
    if (sign === COMMA) return this.#behind(at + 10, date);
    if ((sign !== SPACE && sign !== T) || csv[at + 13] !== COLON) return undefined;
    const hour = this.#two(at + 11);
    const minute = this.#two(at + 14);
    if (!(hour < 24 && minute < 60)) return undefined;
    const time = date + hour * 3_600_000 + minute * 60_000;
    if (csv[at + 16] === COMMA) return this.#behind(at + 16, time);
    const second = this.#two(at + 17);
    if (csv[at + 16] !== COLON || !(second < 60)) return undefined;
    const zone = csv[at + 19] === Z ? 20 : 19;
    return csv[at + zone] === COMMA ? this.#behind(at + zone, time + second * 1000) : undefined;
  }

  #behind(comma: number, time: number): number {
    this.#at = comma + 1;
    return time;
  }

  /** Two digits; NaN when they are none. */
  #two(at: number): number {
    const tens = (this.csv[at] as number) - ZERO;
    const ones = (this.csv[at + 1] as number) - ZERO;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
  }

  /** The number that ends a row, and goes on behind it; false when it is spelled in another way. */
  #number(): boolean {
    const { csv } = this;
    let at = this.#at;
    const negative = csv[at] === MINUS;
    if (negative) at++;
    let [digits, decimals, number] = [0, 0, 0];
    let sign = csv[at] ?? LINE_FEED;
    for (; sign >= ZERO && sign <= NINE; sign = csv[++at] ?? LINE_FEED) {
      number = number * 10 + sign - ZERO;
      digits++;
    }
    if (sign === POINT && digits > 0) {
      sign = csv[++at] ?? LINE_FEED;
      for (; sign >= ZERO && sign <= NINE; sign = csv[++at] ?? LINE_FEED) {
        number = number * 10 + sign - ZERO;
        decimals++;
      }
    }
    if (sign === RETURN) sign = csv[++at] ?? LINE_FEED;
    if (sign !== LINE_FEED || digits === 0 || digits + decimals > EXACT_DIGITS) return false;
    const size = decimals === 0 ? number : number / (POWERS[decimals] as number);
    this.#value = negative ? -size : size;
    this.#at = at + 1;
    return true;
  }

  /** Reads a row as text. */
  #line(): void {
    const { csv } = this;
    // The fast way may have come behind the comma.
    const from = this.#at === 0 ? 0 : csv.lastIndexOf(LINE_FEED, this.#at - 1) + 1;
    const next = csv.indexOf(LINE_FEED, this.#at);
    const end = next < 0 ? csv.length : next;
    const comma = csv.indexOf(COMMA, from);
    if (comma >= 0 && comma < end) this.#takeText(text(csv, from, comma), text(csv, comma + 1, end));
    else if (end > from) this.#takeText(text(csv, from, end), "");
    this.#at = end + 1;
  }

  #takeText(timestamp: string, given: string): void {
    const isHeader = this.#rows === 0;
    const time = isHeader ? Number.NaN : parseTimestamp(timestamp);
    const value = given.trim() === "" ? Number.NaN : Number(given);
    // Infinity is a value that somebody wrote; NaN is none.
    if (!Number.isNaN(time) && !Number.isNaN(value)) {
      this.#keep(time, value);
      return;
    }
    this.#rows++;
    if (!isHeader) this.#unreadable ??= Buffer.from(`${timestamp},${given.trim()}`, "latin1").toString("utf8");
  }

  #keep(time: number, value: number): void {
    if (this.#count === times.length) [times, values] = [doubled(times), doubled(values)];
    times[this.#count] = time;
    values[this.#count++] = value;
    this.#rows++;
  }
}

function doubled(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const more = new Float64Array(numbers.length * 2);
  more.set(numbers);
  return more;
}

function text(csv: Uint8Array, from: number, to: number): string {
  return Buffer.from(csv.buffer, csv.byteOffset + from, to - from).toString("latin1");
}
