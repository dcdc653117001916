import assert from "node:assert/strict";
import { DAY_MS, timeAxis } from "../../../containers/forecast/timeAxis";
import { seededRandom } from "../../../contracts/seededRandom";

/** Seasons of some timestamps with their number of harmonics. */
function ordersOf(times: Float64Array): unknown {
  return Object.fromEntries(timeAxis(times).seasons.map(({ name, order }) => [name, order]));
}

const grid = (count: number, stepDays: number): Float64Array =>
  Float64Array.from({ length: count }, (_, index) => index * stepDays * DAY_MS);

describe("timeAxis", () => {
  it("takes the median distance for the step, and both ends", () => {
    const times = Float64Array.of(0, 1, 2, 4, 9, 10, 40).map((day) => day * DAY_MS);
    const { first, last, step } = timeAxis(times);
    assert.deepEqual([first, last, step], [0, 40 * DAY_MS, 2]);
  });

  it("looks on a grid for no harmonic that is faster than its points, also when some are missing", () => {
    const months = Float64Array.from({ length: 240 }, (_, month) => Date.UTC(2000, month, 1));
    assert.deepEqual(ordersOf(months), { yearly: 6 });
    assert.deepEqual(ordersOf(months.filter((_, month) => month % 11 !== 3)), { yearly: 6 });
    assert.deepEqual(ordersOf(months.filter((_, month) => month < 90 || month >= 100)), { yearly: 6 });
    assert.deepEqual(ordersOf(grid(900, 1)), { yearly: 10, weekly: 3 });
    assert.deepEqual(ordersOf(grid(400, 0.25)), { weekly: 3, daily: 2 });
  });

  it("has no such limit for random moments, nor where every other distance is half a step longer", () => {
    const random = seededRandom(4);
    const times = Float64Array.from({ length: 240 }, () => Math.floor(random() * 20 * 365.25 * DAY_MS)).sort();
    assert.deepEqual(ordersOf(times), { yearly: 10 });
    const uneven = Float64Array.from({ length: 240 }, (_, index) => (25 * index + (index % 2) * 5) * DAY_MS);
    assert.deepEqual(ordersOf(uneven), { yearly: 10 });
  });
});
