import assert from "node:assert/strict";
import { type LineRemainder, lineRemainder } from "../../../containers/forecast/lineRemainder";
import { RegressionDesign } from "../../../containers/forecast/regressionDesign";
import { Scratch } from "../../../containers/forecast/scratch";
import { DAY_MS } from "../../../containers/forecast/timeAxis";
import { runningTotals, trendLines } from "../../../containers/forecast/trendLine";
import { seededRandom } from "../../../contracts/seededRandom";

/** What a straight line leaves of values on a slope, a day apart. */
function remainderOf(values: readonly number[], cycle?: number): LineRemainder {
  const scratch = new Scratch();
  const times = Float64Array.from(values, (_, day) => Date.UTC(2024, 0, 1) + day * DAY_MS);
  const design = new RegressionDesign(times, scratch);
  const sloped = Float64Array.from(values, (value, day) => value + 5 * day);
  const totals = runningTotals(design.scaled, sloped, scratch);
  const line = trendLines(design, totals, undefined, [values.length - 1, values.length], scratch);
  return lineRemainder(design, { ...line, values: sloped, year: true }, cycle, scratch);
}

function noise(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random() - 0.5);
}

describe("lineRemainder", () => {
  it("takes noise for noise", () => {
    const found = Array.from({ length: 20 }, (_, seed) => remainderOf(noise(200, seed)));
    assert.ok(found.filter(({ noise }) => noise > 0.5).length >= 15);
    for (const { correlation } of found) assert.ok(correlation >= 0 && correlation < 0.25, String(correlation));
  });

  it("takes what wanders for no noise", () => {
    let at = 0;
    const walk = noise(200, 1).map((step) => {
      at += step;
      return at;
    });
    const { noise: share, correlation } = remainderOf(walk);
    assert.equal(share, 0);
    assert.ok(correlation > 0.8);
  });

  it("takes a season that changes for no noise", () => {
    const week = noise(7, 2);
    const values = noise(210, 3).map((value, day) => (week[day % 7] as number) + value / 4);
    assert.equal(remainderOf(values, 7).noise, 0);
  });

  it("does not say of few points what they are", () => {
    assert.equal(remainderOf(Array.from({ length: 79 }, (_, day) => day % 2)).noise, 0);
    assert.equal(remainderOf(Array.from({ length: 80 }, (_, day) => day % 2)).noise, 1);
  });
});
