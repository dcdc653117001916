import assert from "node:assert/strict";
import fc from "fast-check";
import { orderSeries } from "../../../containers/forecast/orderSeries";

/** The same by a map. */
function expected(rows: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const moments = new Map<number, number[]>();
  for (const [time, value] of rows) moments.set(time, [...(moments.get(time) ?? []), value]);
  return [...moments]
    .sort(([a], [b]) => a - b)
    .map(([time, values]) => [time, values.sort((a, b) => a - b).reduce((sum, one) => sum + one, 0) / values.length]);
}

describe("orderSeries", () => {
  const ordered = (rows: readonly (readonly [number, number])[]): unknown => {
    const [times, values] = [Float64Array.from(rows, ([time]) => time), Float64Array.from(rows, ([, value]) => value)];
    const series = orderSeries(times, values);
    return [...series.times].map((time, index) => [time, series.values[index]]);
  };
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((number) => number + 0);

  it("sorts and averages moments near and far", () => {
    const time = fc.oneof(fc.nat(50), fc.integer({ min: -6e13, max: 2.5e14 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(time, value), { minLength: 1, maxLength: 200 }), (rows) =>
        assert.deepEqual(ordered(rows), expected(rows)),
      ),
    );
  });

  it("sorts moments that crowd together beside one far away", () => {
    const rows = Array.from({ length: 2000 }, (_, index) => [(index * 7919) % 2003, index] as const);
    assert.deepEqual(ordered([...rows, [1e12, 0]]), expected([...rows, [1e12, 0]]));
  });
});
