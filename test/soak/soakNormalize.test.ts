import { deepEqual, ok } from "node:assert/strict";
import path from "node:path";
import { soakNormalize } from "./soakNormalize";

/** Small objects alone, so that it is short. */
const LARGEST_BYTES = 20_000;

/** A program without the delivery by events, which would first make every object that is put. */
const PROGRAM = path.join(__dirname, "fixtures", "reads");

/** A short soak cannot tell a leak of a few percent from a heap that still grows; it tells one that is fatal. */
const MOST_GROWTH = 1.5;

describe("soak, shortened: 200 mixed requests through one execution environment", () => {
  it("answers each with the right status, without a crash, and without growing without bound", async function () {
    if (process.platform !== "linux") this.skip();
    this.timeout(180_000);
    const { wrong, crashes, settledMb, endMb, statuses } = await soakNormalize({
      requests: 200,
      settled: 100,
      largest: LARGEST_BYTES,
      program: PROGRAM,
    });
    deepEqual({ wrong, crashes }, { wrong: [], crashes: 0 });
    ok(settledMb > 0 && endMb <= settledMb * MOST_GROWTH, `${settledMb} MB after 100, ${endMb} MB at the end`);
    deepEqual(Object.keys(statuses).sort(), ["200", "206", "400", "404", "412", "416"]);
  });
});
