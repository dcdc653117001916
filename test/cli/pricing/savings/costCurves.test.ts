import assert from "node:assert/strict";
import type { StackPrice } from "../../../../cli/job/priceStack";
import { type CostCurves, cheapestStretches } from "../../../../cli/pricing/savings/costCurves";
import type { Alternative } from "../../../../cli/pricing/savings/savings";
import { priceOf, resourcesOf } from "../../report/page/handmadeReport";

const curvesOf = (lines: CostCurves["lines"]): CostCurves => ({
  of: "work",
  title: "how much",
  x: { label: "times", kind: "linear", values: [0, 10, 20] },
  unit: "a month",
  lines,
});

describe("cost curves", () => {
  const { curves, savings }: StackPrice = priceOf(resourcesOf("images"));

  it("continue the comparisons: at the usage that is expected, a curve has the comparison's cost", () => {
    assert.deepEqual(
      [...new Set(curves.map(({ of }) => of))],
      ["Normalising images", "Serving a model for each customer"],
    );
    const [reads] = curves;
    const comparison = savings.find(({ title }) => title === reads?.of);
    assert.ok(reads && comparison);
    // The default is that each image is read ten times.
    const at = reads.x.values.indexOf(10);
    assert.equal(reads.lines.length, 5);
    for (const { name, usd, ours } of reads.lines) {
      const compared: Alternative | undefined = comparison.alternatives.find((one) => one.name === name);
      assert.deepEqual([usd[at], ours], [compared?.usd?.expected.toNumber(), compared?.ours], name);
    }
  });

  it("cost more where there is more", () => {
    for (const { lines, x } of curves) {
      assert.deepEqual(
        x.values,
        [...x.values].sort((a, b) => a - b),
      );
      for (const { name, usd } of lines) {
        assert.equal(usd.length, x.values.length);
        for (const [i, cost] of usd.entries()) assert.ok(i === 0 || Number(cost) >= Number(usd[i - 1]), name);
      }
    }
  });

  it("there are none where the stack's Region is not known", () => {
    assert.deepEqual(priceOf(resourcesOf("images"), "mars-north-1").curves, []);
  });

  it("tell where one way begins to be the cheapest, ours where they are equal", () => {
    const stretches = cheapestStretches(
      curvesOf([
        { name: "rent", ours: false, usd: [0, 10, 20] },
        { name: "buy", ours: true, usd: [5, 5, 5] },
      ]),
    );
    assert.deepEqual(stretches, [
      { name: "rent", ours: false, from: 0, to: 5 },
      { name: "buy", ours: true, from: 5, to: 20 },
    ]);
    const equal = cheapestStretches(
      curvesOf([
        { name: "theirs", ours: false, usd: [1, 1, 1] },
        { name: "mine", ours: true, usd: [1, 1, 1] },
      ]),
    );
    assert.deepEqual(equal, [{ name: "mine", ours: true, from: 0, to: 20 }]);
  });

  it("a way without a price is never the cheapest, and no prices are no stretches", () => {
    const unknown = { name: "unknown", ours: true, usd: [null, null, null] };
    assert.deepEqual(cheapestStretches(curvesOf([unknown])), []);
    const [only] = cheapestStretches(curvesOf([unknown, { name: "known", ours: false, usd: [9, 9, 9] }]));
    assert.equal(only?.name, "known");
  });
});
