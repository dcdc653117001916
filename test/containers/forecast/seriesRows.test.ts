import assert from "node:assert/strict";
import fc from "fast-check";
import { SERIES_HEADER } from "../../../containers/forecast/seriesFile";
import { readSeriesRows } from "../../../containers/forecast/seriesRows";
import { parseTimestamp } from "../../../containers/forecast/timestamp";

/** What a row says, read as text alone. */
function asText(line: string): readonly [number, number] {
  const comma = line.indexOf(",");
  const [time, value] = comma < 0 ? [line, ""] : [line.slice(0, comma), line.slice(comma + 1)];
  return [parseTimestamp(time), value.trim() === "" ? Number.NaN : Number(value)];
}

const day = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true });
const time = fc.oneof(
  fc.tuple(day, fc.constantFrom(10, 16, 19, 23, 24)).map(([date, length]) => date.toISOString().slice(0, length)),
  fc.tuple(day, fc.constantFrom("", "Z", "+02:00", " UTC", "x")).map(([date, zone]) => {
    return `${date.toISOString().slice(0, 19).replace("T", " ")}${zone}`;
  }),
  fc.constantFrom("2023-02-29", "2024-02-29 10:00", "2024-13-01", "2024-01-01 24:00:00", "", "yesterday", "0000-01-01"),
);
const value = fc.oneof(
  fc.tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.nat(9)).map(([digits, places]) => {
    return (digits / 10 ** places).toFixed(places);
  }),
  fc.double().map(String),
  fc.constantFrom(
    "",
    " 5",
    "5 ",
    "-0",
    "1e3",
    ".5",
    "5.",
    "+5",
    "--5",
    "1,5",
    "0x10",
    "Infinity",
    "NaN",
    "1234567890123456789.25",
  ),
);

describe("readSeriesRows", () => {
  it("reads every row as it is read as text", () => {
    const rows = fc.array(fc.tuple(time, value, fc.constantFrom("\n", "\r\n")), { maxLength: 30 });
    fc.assert(
      fc.property(rows, fc.boolean(), (list, hasLastEnd) => {
        const text = SERIES_HEADER + list.map(([at, given, end]) => `${at},${given}${end}`).join("");
        const { times, values, rows } = readSeriesRows(Buffer.from(hasLastEnd ? text : text.trimEnd(), "latin1"));
        const expected = list
          .map(([at, given]) => asText(`${at},${given}`))
          .filter((row) => !row.some((number) => Number.isNaN(number)));
        assert.deepEqual(
          [...times].map((moment, index) => [moment, values[index]]),
          expected,
        );
        assert.equal(rows, list.length);
      }),
      { numRuns: 500 },
    );
  });

  it("takes the first line that is not empty for the header, and counts rows of which nothing can be read", () => {
    const text = "\n2024-01-01,1\n\n2024-01-02,2\nx\n2024-01-03,\n";
    const { times, values, rows } = readSeriesRows(Buffer.from(text, "latin1"));
    assert.deepEqual([[...times], [...values], rows], [[Date.UTC(2024, 0, 2)], [2], 3]);
  });

  it("reads quotes", () => {
    const text = `${SERIES_HEADER}"2024-01-01","1"\n2024-01-02,"2"\n"2024-01-03,x",3\n`;
    const { times, values, rows } = readSeriesRows(Buffer.from(text, "latin1"));
    assert.deepEqual([[...times], [...values], rows], [[Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2)], [1, 2], 3]);
  });

  it("reads more rows than it has room for at first", () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `2024-01-01 00:00:00,${index}\n`);
    const { values } = readSeriesRows(Buffer.from(SERIES_HEADER + lines.join(""), "latin1"));
    assert.deepEqual([values.length, values[4999]], [5000, 4999]);
  });
});
