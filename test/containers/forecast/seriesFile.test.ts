import assert from "node:assert/strict";
import fc from "fast-check";
import { SeriesError } from "../../../containers/forecast/seriesError";
import { readSeries, SERIES_HEADER } from "../../../containers/forecast/seriesFile";

const day = (index: number): string => new Date(Date.UTC(2024, 0, 1 + index)).toISOString();

describe("readSeries", () => {
  it("sorts, and averages what was measured at the same moment", () => {
    const text = `${SERIES_HEADER}${day(2)},5\n${day(0)},1\n${day(1)},2\n${day(1)},4\n`;
    const { times, values } = readSeries(text, 2);
    assert.deepEqual([...times], [day(0), day(1), day(2)].map(Date.parse));
    assert.deepEqual([...values], [1, 3, 5]);
  });

  it("gives the same series to the last bit for any order of the rows", () => {
    const row = fc.tuple(fc.nat(20), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 40 }), fc.infiniteStream(fc.nat()), (rows, shuffle) => {
        fc.pre(new Set(rows.map(([at]) => at)).size > 2 && new Set(rows.map(([, value]) => value)).size > 1);
        const text = (list: typeof rows): string =>
          SERIES_HEADER + list.map(([at, value]) => `${day(at)},${value}\n`).join("");
        const other = rows
          .map((entry) => [shuffle.next().value, entry] as const)
          .sort(([a], [b]) => Number(a) - Number(b));
        const read = (list: typeof rows): unknown => {
          try {
            return readSeries(text(list), 2);
          } catch (error) {
            return error instanceof SeriesError ? error.code : error;
          }
        };
        assert.deepEqual(read(other.map(([, entry]) => entry)), read(rows));
      }),
    );
  });

  it("leaves a series as it is when the next one is read, in whatever order the rows are", () => {
    const csv = (days: readonly number[], value: number): string =>
      SERIES_HEADER + days.map((at) => `${day(at)},${value + at}\n`).join("");
    for (const days of [
      [0, 1, 2],
      [2, 0, 1],
      [0, 0, 1, 2],
    ]) {
      const { times, values } = readSeries(csv(days, 10), 2);
      readSeries(csv([7, 5, 5, 6, 9], 1000), 2);
      assert.deepEqual([...times], [day(0), day(1), day(2)].map(Date.parse));
      assert.deepEqual([...values], [10, 11, 12]);
    }
  });

  it("leaves single unreadable rows out", () => {
    const { values } = readSeries(
      `${SERIES_HEADER}${day(0)},1\nyesterday,2\n${day(1)},\n${day(2)},nan\n${day(3)},4\n${day(4)},6\n${day(5)},7\n`,
      2,
    );
    assert.deepEqual([...values], [1, 4, 6, 7]);
  });

  it("shows the first row that it cannot read", () => {
    const epoch = SERIES_HEADER + [0, 1, 2].map((at) => `${1704067200 + at * 86400},${at}\n`).join("");
    const first = '"1704067200,0"';
    assert.throws(() => readSeries(epoch, 2), {
      message: `none of 3 rows has a timestamp and a number, the first is ${first}`,
    });
    assert.throws(() => readSeries(`${epoch}${day(0)},1\n`, 2), {
      message: `3 of 4 rows are not readable, the first is ${first}`,
    });
    assert.throws(() => readSeries(`${SERIES_HEADER}${day(0)},"1,5"\n`, 2), {
      message: `none of 1 rows has a timestamp and a number, the first is "${day(0)},1,5"`,
    });
    assert.throws(() => readSeries(SERIES_HEADER, 2), { message: "none of 0 rows has a timestamp and a number" });
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ["no rows", "", "Empty"],
    ["no readable row", `x,1\n${day(0)},y\n`, "Empty"],
    ["NaN throughout", `${day(0)},NaN\n${day(1)},NaN\n`, "Empty"],
    ["one point", `${day(0)},1\n`, "TooShort"],
    ["one point, repeated", `${day(0)},1\n${day(0)},2\n${day(0)},3\n`, "TooShort"],
    ["a constant", [0, 1, 2, 3, 4].map((at) => `${day(at)},7\n`).join(""), "Constant"],
    ["infinity", [0, 1, 2, 3, 4].map((at) => `${day(at)},${at === 3 ? "Infinity" : at}\n`).join(""), "OutOfRange"],
    ["an absurd value", [0, 1, 2, 3, 4].map((at) => `${day(at)},${at === 3 ? "-1e200" : at}\n`).join(""), "OutOfRange"],
    ["mostly unreadable rows", `${day(0)},1\n${day(1)},2\nx,1\ny,2\nz,3\n`, "Unreadable"],
  ];
  for (const [name, rows, code] of refused) {
    it(`refuses ${name} as ${code}`, () => {
      assert.throws(
        () => readSeries(SERIES_HEADER + rows, 2),
        (error) => error instanceof SeriesError && error.code === code,
      );
    });
  }
});
