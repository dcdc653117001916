import assert from "node:assert/strict";
import { comparePrices } from "../../../cli/pricing/comparePrices";
import { Decimal } from "../../../cli/pricing/decimal";
import { Range } from "../../../cli/pricing/range";
import { PRICE_FORMATS } from "../../../cli/report/priceFormat";
import { priceReport } from "../../../cli/report/priceFormats";
import { overBudget } from "../../../cli/report/priceReport";
import { money, moneyRange, quantity, signedMoney } from "../../../cli/report/priceWords";
import { type HandmadeResource, priced, usageWith } from "../pricing/pricedGraph";

const HOSTILE = "x | <script>alert(1)</script> @everyone";
const RESOURCES: readonly HandmadeResource[] = [
  { type: "frugal-ml:index:MultiModelEndpoint", name: "host" },
  {
    type: "aws:ecr/repository:Repository",
    name: HOSTILE,
    parent: "host",
    inputs: { tags: { "frugal-ml:workload": "inference" } },
  },
  { type: "aws:iam/role:Role", name: "role", parent: "host" },
  { type: "aws:ec2/instance:Instance", name: "machine" },
];

describe("reports of prices", () => {
  const result = priced(RESOURCES, {
    usage: usageWith({ storage: { imageGb: [10, 20, 40] }, training: { customers: 10 } }),
  });
  const empty = priced([]);
  const report = { result, comparison: comparePrices(empty, result, "main", "branch"), budget: Decimal.of(1) };

  it("every format names the total, its bounds, the book's date, what has no price, and the change", () => {
    for (const format of PRICE_FORMATS) {
      const text = priceReport(format, report);
      assert.ok(text.includes("2026-10-01"), format);
      if (format === "json") continue;
      for (const wanted of ["$2.00", "$1.00 to $4.00", "machine", "9 days old", "+$2.00"])
        assert.ok(text.includes(wanted), `${wanted} in ${format}`);
    }
  });

  it("JSON carries exact amounts as texts, the comparison and the budget", () => {
    const document = JSON.parse(priceReport("json", report));
    assert.equal(document.schema, 1);
    assert.deepEqual(document.total, { low: "1", expected: "2", high: "4" });
    assert.equal(document.items[0].price.usd, "0.1");
    assert.equal(document.comparison.total.difference, "2");
    assert.deepEqual(document.budget, { usd: "1", over: true });
  });

  it("Markdown shows names as they are, and mentions nobody", () => {
    const text = priceReport("markdown", report);
    assert.ok(!text.includes("<script>") && !text.includes("@everyone"));
    assert.match(text, /^### frugal-ml price: ❌ above the budget of \$1\.00, \$2\.00 a month, \+\$2\.00 from main\n/);
    for (const line of text.split("\n").filter((row) => row.startsWith("|"))) {
      assert.ok([4, 5, 6, 7].includes(line.split("|").length - 1), line);
    }
  });

  it("HTML stands alone: no script, nothing from elsewhere, names as they are", () => {
    const text = priceReport("html", report);
    assert.doesNotMatch(text, /<script|src=|href=|@import|url\(/);
    // Every < begins a tag, also where an amount is less than a cent.
    const little = priced([{ type: "aws:ecr/repository:Repository" }], {
      usage: usageWith({ storage: { imageGb: 0.001 } }),
    });
    for (const page of [
      text,
      priceReport("html", { result: little, comparison: comparePrices(empty, little, "a", "b") }),
    ])
      assert.doesNotMatch(page, /<(?![a-z!/])/);
    assert.match(text, /^<!doctype html>\n<html lang="en">/);
  });

  it("a report of nothing is a report", () => {
    for (const format of PRICE_FORMATS) assert.ok(priceReport(format, { result: empty }).length > 0, format);
  });

  it("a budget is kept by what is expected", () => {
    assert.equal(overBudget({ result, budget: Decimal.of("1.99") }), true);
    assert.equal(overBudget({ result, budget: Decimal.of(2) }), false);
    assert.equal(overBudget({ result }), false);
  });

  it("money is shown to the cent, and never as nothing when it is something", () => {
    assert.deepEqual(
      ["0", "0.004", "0.005", "1234567.891", "-3.5"].map((text) => money(Decimal.of(text))),
      ["$0.00", "< $0.01", "$0.01", "$1,234,567.89", "-$3.50"],
    );
    assert.equal(signedMoney(Decimal.of(3)), "+$3.00");
    assert.equal(moneyRange(Range.of(1, 2, 3)), "$2.00 ($1.00 to $3.00)");
    assert.equal(quantity(Decimal.of("0.000123456")), "0.0001235");
    assert.equal(quantity(Decimal.of(1234567)), "1,234,567");
  });
});
