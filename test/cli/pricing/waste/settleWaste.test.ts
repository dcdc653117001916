import assert from "node:assert/strict";
import fc from "fast-check";
import { Decimal } from "../../../../cli/pricing/decimal";
import type { LineItem } from "../../../../cli/pricing/priceResult";
import { Range } from "../../../../cli/pricing/range";
import { type FoundWaste, settleWaste } from "../../../../cli/pricing/waste/settleWaste";
import type { Claim, WasteKind } from "../../../../cli/pricing/waste/wasteKind";

const KINDS: readonly WasteKind[] = ["a", "b", "c"].map((id) => ({ id, title: id, find: () => [] }));

function line(name: string, low: number, expected: number, high: number): LineItem {
  return {
    resource: { urn: name, type: "aws:test/test:Test", name, component: "the stack", workload: "" },
    what: "hours",
    quantity: Range.exactly(1),
    price: {
      key: { service: "Test", region: "us-east-1", usageType: "Test" },
      usd: "1",
      per: "1",
      unit: "hour",
      source: "",
      sourceDate: "2026",
      confidence: "exact",
    },
    monthly: Range.of(low, expected, high),
    basis: "fixed",
  };
}

function found(kind: number, claims: readonly Claim[], provided?: string): FoundWaste {
  const [first] = KINDS;
  const of = KINDS[kind] ?? first;
  assert.ok(of);
  return {
    kind: of,
    finding: { resources: [], what: "", fix: "", claims, ...(provided !== undefined && { provided }) },
  };
}

const claim = (of: LineItem, share: number, lever: Claim["lever"]): Claim => ({
  line: of,
  share: Range.exactly(share),
  lever,
});

describe("settleWaste", () => {
  const hundred = line("hundred", 100, 100, 100);

  it("counts of two lower prices the lower one, and says of the other where it is counted", () => {
    const { settled, total } = settleWaste([
      found(0, [claim(hundred, 0.2, "price")]),
      found(1, [claim(hundred, 0.85, "price")]),
    ]);
    assert.equal(total.expected.toString(2), "85.00");
    assert.deepEqual(
      settled.map(({ monthly, alone, countedIn }) => [
        monthly?.expected.toString(),
        alone?.expected.toString(),
        countedIn.map(({ id }) => id),
      ]),
      [
        ["0", "20", ["b"]],
        ["85", "85", []],
      ],
    );
  });

  it("lets a lower amount take its share of what a lower price leaves", () => {
    const { settled, total } = settleWaste([
      found(0, [claim(hundred, 0.5, "amount")]),
      found(1, [claim(hundred, 0.8, "price")]),
    ]);
    assert.deepEqual(
      settled.map(({ monthly }) => monthly?.expected.toString()),
      ["10", "80"],
    );
    assert.equal(total.expected.toString(), "90");
  });

  it("saves nothing at least where a condition must hold", () => {
    const { total } = settleWaste([found(0, [claim(hundred, 0.5, "price")], "it fits")]);
    assert.deepEqual(total.toJSON(), { low: "0", expected: "50", high: "50" });
  });

  it("leaves what has no price without an amount", () => {
    const { settled, total } = settleWaste([found(0, [])]);
    assert.equal(settled[0]?.monthly, undefined);
    assert.ok(total.isZero);
  });

  describe("for any findings", () => {
    const share = fc
      .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
      .map((three) => {
        const [low = 0, expected = 0, high = 0] = [...three].sort((a, b) => a - b).map((percent) => percent / 100);
        return Range.of(low, expected, high);
      });
    const lines = [line("one", 1, 10, 90), line("two", 0, 0, 7), line("three", 5, 5, 5)];
    const anyClaim = fc.record({
      line: fc.constantFrom(...lines),
      share,
      lever: fc.constantFrom("price" as const, "amount" as const),
    });
    const finding = fc
      .tuple(fc.integer({ min: 0, max: 2 }), fc.array(anyClaim, { maxLength: 3 }), fc.boolean())
      .map(([kind, claims, conditional]) => {
        // A finding lowers a line once.
        const once = claims.filter(
          (one, at) => claims.findIndex(({ line: of, lever }) => of === one.line && lever === one.lever) === at,
        );
        return found(kind, once, conditional ? "it may" : undefined);
      });
    const findings = fc.array(finding, { maxLength: 8 });
    const paid = Range.sum(lines.map(({ monthly }) => monthly));

    it("never more is wasted than is paid", () => {
      fc.assert(
        fc.property(findings, (all) => {
          const { total } = settleWaste(all);
          assert.ok(total.low.compare(paid.low) <= 0);
          assert.ok(total.expected.compare(paid.expected) <= 0);
          assert.ok(total.high.compare(paid.high) <= 0);
        }),
      );
    });

    it("expected amounts add up to the total, and every amount lies within its bounds", () => {
      fc.assert(
        fc.property(findings, (all) => {
          const { settled, total } = settleWaste(all);
          const sum = settled.reduce((add, { monthly }) => add.plus(monthly?.expected ?? Decimal.ZERO), Decimal.ZERO);
          assert.equal(sum.compare(total.expected), 0);
          for (const { monthly, alone } of settled)
            if (monthly && alone) assert.ok(monthly.expected.compare(alone.expected) <= 0);
        }),
      );
    });

    it("more findings never waste less, in whatever order", () => {
      fc.assert(
        fc.property(findings, findings, (some, more) => {
          const [few, many, turned] = [some, [...some, ...more], [...more, ...some]].map(
            (all) => settleWaste(all).total,
          );
          assert.ok(few && many && turned && few.expected.compare(many.expected) <= 0);
          assert.equal(many.expected.compare(turned.expected), 0);
        }),
      );
    });
  });
});
