import assert from "node:assert/strict";
import { percentile, rounded } from "../../../cli/job/readings";

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
});
