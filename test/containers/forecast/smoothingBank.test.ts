import assert from "node:assert/strict";
import { Scratch } from "../../../containers/forecast/scratch";
import { SmoothingBank } from "../../../containers/forecast/smoothingBank";

/** Level after a series, of a smoothing without a slope. */
function levelAfter(values: readonly number[], level: number): number {
  const bank = new SmoothingBank([{ level, slope: 0, damping: 0 }]);
  const [found] = bank.follow(Float64Array.from(values), undefined, [values.length], new Scratch());
  return found?.levels[0] as number;
}

describe("SmoothingBank", () => {
  it("does not take a burst for a new level", () => {
    const calm = Array.from({ length: 60 }, (_, day) => 100 + (day % 2));
    const after = levelAfter([...calm, 5000, 7000, 6000], 0.5);
    // Steps of 1 are 1.48 standard deviations' worth; twice of it is what an error may count.
    assert.ok(after > 101 && after < 101 + 3 * 0.5 * 3, String(after));
  });

  it("follows a new level that stays", () => {
    const values = Array.from({ length: 120 }, (_, day) => (day < 60 ? 100 : 110) + (day % 2));
    assert.ok(Math.abs(levelAfter(values, 0.3) - 110.5) < 1);
  });

  it("takes the whole error where most points are as the one before", () => {
    assert.equal(levelAfter([...Array.from({ length: 60 }, () => 100), 200], 0.5), 150);
  });
});
