import assert from "node:assert/strict";
import { PRICE_FORMATS } from "../../../cli/report/priceFormat";
import { priceReport } from "../../../cli/report/priceFormats";
import { advise, endpoint, rates } from "../pricing/plans/planStacks";
import { priced } from "../pricing/pricedGraph";

const C7G = { instanceType: "ml.c7g.large", initialInstanceCount: 2 };
const M5 = { instanceType: "ml.m5.large", initialInstanceCount: 1 };
const HOSTS = [...endpoint("small", C7G), ...endpoint("large", M5)];

describe("reports of Savings Plan advice", () => {
  const result = priced([]);
  const given = [rates("sagemaker", ["1yr", "no-upfront"], { "Host:ml.c7g.large": "0.06" })];

  it("name commitment, break-even, obligation, sensitivity and conditions in every format", () => {
    for (const format of PRICE_FORMATS) {
      const text = priceReport(format, { result, plans: advise(HOSTS, given) });
      const wanted =
        format === "json"
          ? ['"commitment": "0.12"', '"breakEvenUtilization": "0.6897"', '"total": "1051.2"']
          : ["$0.12000", "69 % used", "$1,051.20", "20 % less", "no rate for Host:ml.m5.large", "by hand"];
      for (const words of [...wanted, "cannot be cancelled"]) assert.ok(text.includes(words), `${words} in ${format}`);
    }
  });

  it("have the table of discounts where no rate is known, and say so", () => {
    for (const format of PRICE_FORMATS) {
      const text = priceReport(format, { result, plans: advise(HOSTS) });
      for (const words of ["No rate of a plan is known", format === "json" ? '"0.2023"' : "$0.20230"])
        assert.ok(text.includes(words), `${words} in ${format}`);
    }
  });

  it("show names as they are", () => {
    const hostile = advise(endpoint("x | <script>alert(1)</script> @everyone", C7G));
    for (const format of ["markdown", "html"] as const)
      assert.ok(!priceReport(format, { result, plans: hostile }).includes("<script>"), format);
  });
});
