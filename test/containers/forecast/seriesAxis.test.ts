import assert from "node:assert/strict";
import { futureTimes, seriesAxis } from "../../../containers/forecast/seriesAxis";

function ahead(count: number, ...dates: readonly string[]): string[] {
  const axis = seriesAxis(Float64Array.from(dates, (date) => Date.parse(date)));
  return Array.from(futureTimes(axis, count) ?? [], (time) =>
    new Date(time).toISOString().replace("T00:00:00.000Z", ""),
  );
}

describe("seriesAxis", () => {
  it("goes on by the median gap", () => {
    assert.deepEqual(ahead(2, "2024-01-01", "2024-01-02", "2024-01-03", "2024-01-10"), ["2024-01-11", "2024-01-12"]);
    assert.deepEqual(ahead(1, "2024-01-31", "2024-03-01"), ["2024-03-31"]);
    assert.deepEqual(ahead(1, "2024-01-01"), ["2024-01-02"]);
    assert.deepEqual(ahead(1, "2024-01-01", "2024-02-01T00:00:01Z"), ["2024-03-03T00:00:02.000Z"]);
  });

  it("goes on by the calendar when all gaps are whole months", () => {
    assert.deepEqual(ahead(3, "2023-11-01", "2023-12-01", "2024-01-01"), ["2024-02-01", "2024-03-01", "2024-04-01"]);
    assert.deepEqual(ahead(2, "2023-12-31", "2024-01-31", "2024-02-29"), ["2024-03-31", "2024-04-30"]);
    assert.deepEqual(ahead(2, "2023-12-30", "2024-01-30", "2024-02-29"), ["2024-03-30", "2024-04-30"]);
    assert.deepEqual(ahead(2, "2023-06-30", "2023-09-30", "2023-12-31"), ["2024-03-31", "2024-06-30"]);
    assert.deepEqual(ahead(1, "2020-02-29", "2021-02-28", "2022-02-28"), ["2023-02-28"]);
    assert.deepEqual(ahead(2, "2022-07-04T06:00:00Z", "2023-07-04T06:00:00Z"), [
      "2024-07-04T06:00:00.000Z",
      "2025-07-04T06:00:00.000Z",
    ]);
    assert.deepEqual(ahead(1, "2023-10-15", "2023-11-15", "2024-01-15", "2024-02-15"), ["2024-03-15"]);
  });

  it("does not leave what dates can say", () => {
    const axis = seriesAxis(Float64Array.of(0, 8e15));
    assert.equal(futureTimes(axis, 1), undefined);
  });
});
