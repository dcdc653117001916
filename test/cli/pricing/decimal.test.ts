import assert from "node:assert/strict";
import fc from "fast-check";
import { Decimal } from "../../../cli/pricing/decimal";

describe("Decimal", () => {
  it("adds ten tenths to one", () => {
    const sum = Array.from({ length: 10 }, () => Decimal.of(0.1)).reduce((a, b) => a.plus(b));
    assert.equal(sum.toString(), "1");
  });

  it("reads what numbers are spelt as, and refuses what is none", () => {
    assert.equal(Decimal.of(3.09e-8).toString(), "0.0000000309");
    assert.equal(Decimal.of("12.500").toString(), "12.5");
    assert.equal(Decimal.of(1e21).toString(), "1000000000000000000000");
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, "", "1,5", "$3"]) {
      assert.throws(() => Decimal.of(wrong), RangeError);
    }
  });

  it("rounds half up, away from zero", () => {
    assert.equal(Decimal.of("2.345").toString(2), "2.35");
    assert.equal(Decimal.of("-2.345").toString(2), "-2.35");
    assert.equal(Decimal.of(1).over(Decimal.of(3), 4).toString(), "0.3333");
    assert.equal(Decimal.of(2).over(Decimal.of(3), 4).toString(), "0.6667");
    assert.throws(() => Decimal.of(1).over(Decimal.ZERO), RangeError);
  });

  const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const decimal = (value: number): Decimal => Decimal.of(value).times(Decimal.of("0.01"));

  it("sums and products are those of whole cents", () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        assert.equal(
          decimal(a)
            .plus(decimal(b))
            .compare(decimal(a + b)),
          0,
        );
        assert.equal(
          decimal(a)
            .minus(decimal(b))
            .compare(decimal(a - b)),
          0,
        );
        const product = (BigInt(a) * BigInt(b)).toString();
        assert.equal(
          decimal(a)
            .times(decimal(b))
            .compare(Decimal.of(product).times(Decimal.of("0.0001"))),
          0,
        );
        assert.equal(Math.sign(decimal(a).compare(decimal(b))), Math.sign(a - b));
      }),
    );
  });

  it("a quotient times its divisor is the dividend, to the places asked for", () => {
    fc.assert(
      fc.property(cents, fc.integer({ min: 1, max: 1_000_000 }), (a, b) => {
        const back = decimal(a).over(Decimal.of(b), 12).times(Decimal.of(b));
        assert.ok(Math.abs(back.minus(decimal(a)).toNumber()) <= b * 0.5e-12);
      }),
    );
  });
});
