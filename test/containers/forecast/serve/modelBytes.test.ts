import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { objectBytes } from "../../../../containers/forecast/serve/objectBytes";
import { sourceArguments } from "../../../compiled/sourceArguments";

const PROGRAM = path.resolve(__dirname, "../../../../bench/serve/memory.ts");

/** V8 enlarges its young generation when it sees fit, by more than a leak would take: here it has one size. */
const ONE_SIZE = ["--min-semi-space-size=16", "--max-semi-space-size=16"];

/** Runs the bench of memory in a process of its own, whose heap is nobody else's. */
function measure(...args: readonly string[]): Record<string, number> {
  const options = [...ONE_SIZE, ...sourceArguments(), PROGRAM, "--json", ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, options, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

describe("memory of models", function () {
  this.timeout(120_000);

  it("is estimated as what they take, and small", () => {
    const { estimate = 0, growth = 0, rssMb = 0 } = measure("--models", "1000");
    assert.ok(estimate / growth > 0.7 && estimate / growth < 2, `${estimate} estimated, ${growth} taken`);
    // 10,000 models in 512 MB: the process alone takes some 100.
    assert.ok(growth < 40_000, String(growth));
    assert.ok(rssMb < 250, String(rssMb));
  });

  it("does not grow by loading and unloading", () => {
    const { warmMb = 0, endMb = 0 } = measure("--cycles", "4000");
    // As in the whole run, `npm run bench:serve-memory`.
    assert.ok(endMb < warmMb * 1.05, `${warmMb} MB, then ${endMb}`);
  });
});

describe("objectBytes", () => {
  it("counts each object once, and buffers by their size", () => {
    const shared = { text: "x".repeat(1000) };
    const one = objectBytes({ shared });
    assert.ok(one > 1000 && one < 1200);
    assert.ok(objectBytes({ shared, again: shared }) < one + 100);
    assert.ok(objectBytes(new Float64Array(1000)) > 8000);
    assert.ok(objectBytes(Array.from({ length: 1000 }, (_, index) => index + 0.5)) > 8000);
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    assert.ok(objectBytes(cycle) < 100);
    assert.ok(objectBytes(new Map([["k", "v".repeat(500)]]), "日本".repeat(100)) > 900);
  });
});
