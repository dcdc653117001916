import assert from "node:assert/strict";
import { candidateErrors } from "../../../containers/forecast/candidateErrors";
import { RegressionDesign } from "../../../containers/forecast/regressionDesign";
import { Scratch } from "../../../containers/forecast/scratch";
import { DAY_MS } from "../../../containers/forecast/timeAxis";

describe("candidateErrors", () => {
  it("counts what a yearly season hides, where the season is counted on", () => {
    const scratch = new Scratch();
    const times = Float64Array.from({ length: 12 }, (_, day) => Date.UTC(2024, 0, 1) + day * DAY_MS);
    const design = new RegressionDesign(times, scratch);
    const values = Float64Array.from(times, (_, day) => day);
    const flat = { values, damping: 0, levels: Float64Array.of(7), slopes: Float64Array.of(0) };
    const cycling = { ...flat, cycles: Float64Array.of(1, -1) };
    const candidates = [
      { ...flat, year: true },
      { ...flat, year: false },
      { ...cycling, year: true },
    ];
    const { length, errors, sizes } = candidateErrors(design, candidates, 0, 8, 12, 1.5, scratch);
    assert.equal(length, 4);
    assert.deepEqual([...errors], [1.5, 3, 4.5, 6, 1, 2, 3, 4, 0, 4.5, 3, 7.5]);
    assert.deepEqual([...sizes], [15, 10, 15]);
  });
});
