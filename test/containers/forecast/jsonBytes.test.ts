import assert from "node:assert/strict";
import fc from "fast-check";
import { JsonBytes } from "../../../containers/forecast/jsonBytes";

const json = new JsonBytes();
const written = (value: unknown): string => json.write(value).toString("utf8");

describe("JsonBytes", () => {
  it("writes what JSON.stringify writes", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(written(value), JSON.stringify(value))));
  });

  it("writes texts and names of all signs as JSON.stringify does, also halves of pairs", () => {
    const text = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 80 });
    fc.assert(fc.property(fc.dictionary(text, text), (value) => assert.equal(written(value), JSON.stringify(value))));
    for (const value of [
      "\ud800",
      "\udc00\ud800",
      "\u2028\u007f",
      "\u0000\u001f",
      "😀",
      "é".repeat(63),
      "x".repeat(64),
    ]) {
      assert.equal(written({ [value]: value }), JSON.stringify({ [value]: value }));
    }
  });

  it("writes every number as JSON.stringify does, with few decimals or many, large or small", () => {
    const decimals = fc.tuple(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), fc.nat(14));
    const number = fc.oneof(
      fc.double(),
      fc.maxSafeInteger(),
      decimals.map(([digits, places]) => digits / 10 ** places),
    );
    fc.assert(
      fc.property(number, (value) => assert.equal(written(value), JSON.stringify(value))),
      { numRuns: 2000 },
    );
    for (const value of [0, -0, 1e-6, 9.999e-7, 1e15, 1e21, 0.1 + 0.2, Number.NaN, Number.NEGATIVE_INFINITY]) {
      assert.equal(written(value), JSON.stringify(value));
    }
  });

  it("leaves out what JSON.stringify leaves out, and asks what has a form of its own", () => {
    const value = {
      none: undefined,
      list: [undefined, () => 1, new Date(0)],
      typed: Float64Array.of(1, 2),
      date: new Date(0),
      text: `"\\\n${"ünï".repeat(40)}`,
      deep: { method: () => 1, null: null, true: true },
    };
    assert.equal(written(value), JSON.stringify(value));
    assert.equal(written(undefined), "null");
  });

  it("leaves room before and behind, also when it must grow", () => {
    const long = { text: "x".repeat(200_000), numbers: Array.from({ length: 50_000 }, (_, index) => index / 4) };
    const bytes = json.write(long, 512, 1536);
    assert.equal(bytes.subarray(512, -1536).toString("utf8"), JSON.stringify(long));
  });
});
