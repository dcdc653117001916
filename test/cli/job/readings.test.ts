import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { inParallel, percentile, rounded } from "../../../cli/job/readings";

describe("cli/job/readings", () => {
  it("takes the nearest-rank percentile of values in any order", () => {
    const values = [5, 1, 4, 2, 3];
    assert.equal(percentile(values, 0.5), 3);
    assert.equal(percentile(values, 0.99), 5);
    assert.equal(percentile(values, 0), 1);
    assert.equal(percentile([], 0.5), 0);
    assert.deepEqual(values, [5, 1, 4, 2, 3]);
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    assert.equal(percentile(hundred, 0.99), 99);
  });

  it("rounds to two decimals", () => {
    assert.equal(rounded(1.234), 1.23);
    assert.equal(rounded(1.235001), 1.24);
  });

  it("runs as many at once as it may, and keeps the order of results", async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([30, 5, 20, 1, 10], 2, async (ms) => {
      most = Math.max(most, ++running);
      await sleep(ms);
      running--;
      return ms * 2;
    });
    assert.deepEqual(results, [60, 10, 40, 2, 20]);
    assert.equal(most, 2);
    assert.deepEqual(await inParallel([], 2, async () => 1), []);
  });

  it("ends with the first error", async () => {
    await assert.rejects(
      inParallel([1, 2], 2, async (item) => {
        if (item === 2) throw new Error("two");
        return item;
      }),
      { message: "two" },
    );
  });
});
