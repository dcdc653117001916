import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { inParallel } from "../../contracts/inParallel";

describe("inParallel", () => {
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
