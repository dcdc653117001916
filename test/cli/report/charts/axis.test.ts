import assert from "node:assert/strict";
import * as fc from "fast-check";
import { axisFor } from "../../../../cli/report/charts/axis";

const AMOUNT = fc.double({ min: 1e-6, max: 1e9, noNaN: true });

describe("axes", () => {
  for (const kind of ["linear", "log"] as const) {
    it(`a ${kind} axis has every value on it, grows with its values, and has its ticks within it`, () => {
      fc.assert(
        fc.property(fc.array(AMOUNT, { minLength: 1, maxLength: 8 }), (values) => {
          const axis = axisFor(values, 300, { kind });
          const sorted = [...values].sort((a, b) => a - b);
          for (const value of values) assert.ok(value >= axis.from * (1 - 1e-9) && value <= axis.to * (1 + 1e-9));
          const places = sorted.map((value) => axis.at(value));
          assert.deepEqual(
            places,
            [...places].sort((a, b) => a - b),
          );
          assert.ok(axis.ticks.length >= 2, `${axis.ticks}`);
          assert.deepEqual(
            axis.ticks,
            [...new Set(axis.ticks)].sort((a, b) => a - b),
          );
          assert.equal(axis.at(axis.from), 0);
          assert.equal(axis.at(axis.to), 300);
        }),
      );
    });
  }

  it("a linear axis is in proportion, and ends at the next tick", () => {
    const axis = axisFor([73], 400);
    assert.deepEqual(axis.ticks, [0, 20, 40, 60, 80]);
    assert.deepEqual([0, 20, 40, 80].map(axis.at), [0, 100, 200, 400]);
  });

  it("a logarithmic axis has equal steps for equal factors, and puts what is not above zero at its beginning", () => {
    const axis = axisFor([3, 0, 4500], 400, { kind: "log" });
    assert.deepEqual(axis.ticks, [1, 10, 100, 1000, 10_000]);
    assert.deepEqual([1, 10, 100, 10_000, 0].map(axis.at), [0, 100, 200, 400, 0]);
  });

  it("values beyond an end are put at that end, and no values still make an axis", () => {
    assert.equal(axisFor([10], 100).at(1e9), 100);
    assert.equal(axisFor([10], 100).at(-5), 0);
    for (const kind of ["linear", "log"] as const)
      assert.ok(axisFor([], 100, { kind }).to > axisFor([], 100, { kind }).from);
    assert.ok(axisFor([0, 0], 100).ticks.every(Number.isFinite));
  });
});
