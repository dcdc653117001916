import { deepEqual } from "node:assert/strict";
import { TokenBucket } from "../../../../cli/local/apigateway/tokenBucket";

describe("cli/local/apigateway/tokenBucket", () => {
  it("lets a burst through, then the rate, and never more than the burst after a pause", () => {
    let now = 0;
    const bucket = new TokenBucket(2, 3, () => now);
    const takes = (count: number) => Array.from({ length: count }, () => bucket.take());
    deepEqual(takes(4), [true, true, true, false]);
    now += 499;
    deepEqual(takes(1), [false]);
    now += 1;
    deepEqual(takes(2), [true, false]);
    now += 60_000;
    deepEqual(takes(4), [true, true, true, false]);
  });
});
