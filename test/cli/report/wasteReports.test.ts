import assert from "node:assert/strict";
import { shippedBook } from "../../../cli/pricing/book/readPriceBook";
import { Decimal } from "../../../cli/pricing/decimal";
import { findWaste } from "../../../cli/pricing/waste/findWaste";
import { PRICE_FORMATS } from "../../../cli/report/priceFormat";
import { wasteReport } from "../../../cli/report/wasteFormats";
import { wastesTooMuch } from "../../../cli/report/wasteReport";
import { UNKNOWN } from "../../../contracts/graph";
import { graphOf, type HandmadeResource, TODAY, usageWith } from "../pricing/pricedGraph";

const HOSTILE = "x | <script>alert(1)</script> @everyone";
const RESOURCES: readonly HandmadeResource[] = [
  { type: "aws:ec2/eip:Eip", name: HOSTILE },
  {
    type: "aws:sagemaker/notebookInstance:NotebookInstance",
    name: "research",
    inputs: { instanceType: "ml.p2.xlarge", lifecycleConfigName: "stop", volumeSize: 5 },
  },
  { type: "aws:sagemaker/pipeline:Pipeline", name: "nightly", inputs: { pipelineDefinition: UNKNOWN } },
  { type: "aws:ec2/instance:Instance", name: "machine" },
];

describe("reports of waste", () => {
  const result = findWaste(graphOf(RESOURCES), shippedBook(), usageWith({}), TODAY);
  const report = { result, failOn: Decimal.of(1) };

  it("every format names the amount, the bounds, the fix, the condition, what has no amount, what was not judged", () => {
    for (const format of PRICE_FORMATS) {
      const text = wasteReport(format, report);
      for (const wanted of ["release it", "nothing outside this stack uses it", "nightly", "machine", "2026-10-01"])
        assert.ok(text.includes(wanted), `${wanted} in ${format}`);
      if (format === "json") continue;
      for (const wanted of ["$3.65", "$0.00 to $3.65", "no price of ml.p2.xlarge is in the book"])
        assert.ok(text.includes(wanted), `${wanted} in ${format}`);
    }
  });

  it("JSON carries exact amounts as texts, kinds by their ids, and the verdict", () => {
    const document = JSON.parse(wasteReport("json", report));
    assert.equal(document.schema, 1);
    assert.deepEqual(document.total, { low: "0", expected: "3.65", high: "3.65" });
    assert.equal(document.findings[0].kind, "unused-address");
    assert.deepEqual(document.findings[0].countedIn, []);
    assert.equal(document.findings[1].monthly, undefined);
    assert.deepEqual(document.failOn, { usd: "1", over: true });
    assert.equal(document.notJudged[0].kind, "training-on-demand");
  });

  it("Markdown shows names as they are, and mentions nobody", () => {
    const text = wasteReport("markdown", report);
    assert.ok(!text.includes("<script>") && !text.includes("@everyone"));
    assert.match(text, /^### frugal-ml waste: ❌ \$3\.65 of \$4\.35 a month expected to be wasted/);
    for (const line of text.split("\n").filter((row) => row.startsWith("|")))
      assert.equal(line.split("|").length - 1, 6, line);
  });

  it("HTML stands alone: no script, nothing from elsewhere, names as they are", () => {
    const text = wasteReport("html", report);
    assert.doesNotMatch(text, /<script|src=|href=|@import|url\(/);
    assert.doesNotMatch(text, /<(?![a-z!/])/);
    assert.match(text, /^<!doctype html>\n<html lang="en">/);
  });

  it("a stack that wastes nothing says so", () => {
    const nothing = findWaste(graphOf([]), shippedBook(), usageWith({}), TODAY);
    for (const format of PRICE_FORMATS) assert.ok(wasteReport(format, { result: nothing }).length > 0, format);
    assert.match(wasteReport("text", { result: nothing }), /Nothing of what is looked for was found/);
  });

  it("fails by what is expected", () => {
    assert.equal(wastesTooMuch({ result, failOn: Decimal.of("3.64") }), true);
    assert.equal(wastesTooMuch({ result, failOn: Decimal.of("3.65") }), false);
    assert.equal(wastesTooMuch({ result }), false);
  });
});
