import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Decimal } from "../../../../cli/pricing/decimal";
import { applyCommitment, type RatedUse } from "../../../../cli/pricing/plans/applyCommitment";

const use = (perHour: number, onDemand: number, rate: number): RatedUse => ({
  perHour: Decimal.of(perHour),
  onDemand: Decimal.of(onDemand),
  rate: Decimal.of(rate),
});

function applied(commitment: number, uses: readonly RatedUse[]): readonly string[] {
  const { used, covered, uncovered } = applyCommitment(Decimal.of(commitment), uses);
  return [used, covered, uncovered].map((amount) => amount.toString(6));
}

describe("an hour's commitment", () => {
  it("goes to the greatest discount first, and among equal ones to the lowest rate", () => {
    const [small, great] = [use(1, 1, 0.8), use(1, 1, 0.5)];
    assert.deepEqual(applied(0.5, [small, great]), ["0.500000", "1.000000", "1.000000"]);
    // 0.4 of the 0.8 that are left cover half of the other.
    assert.deepEqual(applied(0.9, [small, great]), ["0.900000", "1.500000", "0.500000"]);
    // Both at half price: 0.2 covers the cheap one, 0.3 three tenths of the dear one.
    assert.deepEqual(applied(0.5, [use(1, 2, 1), use(1, 0.4, 0.2)]), ["0.500000", "1.000000", "1.400000"]);
  });

  it("is lost where nothing is left to cover, and covers nothing when there is none", () => {
    assert.deepEqual(applied(2, [use(2, 1, 0.5)]), ["1.000000", "2.000000", "0.000000"]);
    assert.deepEqual(applied(0, [use(2, 1, 0.5)]), ["0.000000", "0.000000", "2.000000"]);
    assert.deepEqual(applied(1, []), ["0.000000", "0.000000", "0.000000"]);
  });

  it("never uses more than there is, loses no usage, and covers more the greater it is", () => {
    const uses = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9999 }))
        .map(([count, price, share]) => use(count, price / 1000, (price * share) / 10_000_000)),
      { maxLength: 5 },
    );
    const amount = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(uses, amount, amount, (all, a, b) => {
        const [less, more] = [
          applyCommitment(Decimal.of(Math.min(a, b)), all),
          applyCommitment(Decimal.of(Math.max(a, b)), all),
        ] as const;
        const total = all.reduce((sum, { perHour, onDemand }) => sum + perHour.times(onDemand).toNumber(), 0);
        for (const [given, { used, covered, uncovered }] of [
          [Math.min(a, b), less],
          [Math.max(a, b), more],
        ] as const) {
          assert.ok(used.toNumber() <= given && used.compare(covered) <= 0);
          assert.ok(Math.abs(covered.plus(uncovered).toNumber() - total) < 1e-9 * (1 + total));
        }
        assert.ok(less.covered.toNumber() <= more.covered.toNumber() + 1e-9);
      }),
      { numRuns: 200 },
    );
  });
});
