import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRates } from "../../../../cli/pricing/plans/readRates";

describe("rates file", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-rates-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function read(content: unknown): ReturnType<typeof readRates> {
    const file = join(folder, "rates.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return readRates(file);
  }

  const plan = { kind: "sagemaker", term: "1yr", payment: "no-upfront", region: "us-east-1" };

  it("is one plan for each kind, term, payment and Region, with usage types as the book has them", () => {
    const given = {
      source: "our offer",
      date: "2026-11-20",
      rates: [
        { ...plan, usageType: "Host:ml.c7g.large", rate: 0.06 },
        { ...plan, usageType: "USE1-Host:ml.m5.large", rate: "0.0920" },
        { ...plan, kind: "compute", usageType: "Lambda-Provisioned-Concurrency-ARM", rate: "0.0000029334" },
      ],
    };
    const known = { ...plan, source: "our offer", sourceDate: "2026-11-20" };
    assert.deepEqual(read(given), [
      { ...known, service: "AmazonSageMaker", rates: { "Host:ml.c7g.large": "0.06", "Host:ml.m5.large": "0.092" } },
      {
        ...known,
        kind: "compute",
        service: "AWSLambda",
        rates: { "Lambda-Provisioned-Concurrency-ARM": "0.0000029334" },
      },
    ]);
  });

  it("refuses every wrong value at once, with what is allowed", () => {
    const wrong = {
      kind: "ec2",
      term: "2yr",
      payment: "monthly",
      region: "mars-1",
      usageType: "ml.c7g.large",
      rate: 0,
    };
    assert.throws(
      () => read({ date: "today", rates: [wrong, { ...plan, usageType: "Host:x", rate: "a lot", x: 1 }] }),
      {
        code: "InvalidRates",
        message:
          /date: given "today".*rates\.0\.kind: given "ec2"; allowed: one of sagemaker, compute.*rates\.0\.term: given "2yr"; allowed: one of 1yr, 3yr.*rates\.0\.payment.*rates\.0\.region.*rates\.0\.usageType: given "ml\.c7g\.large"; allowed: a usage type with its component.*rates\.0\.rate: given 0; allowed: US dollars.*rates\.1\.rate.*rates\.1:.*"x"/s,
      },
    );
  });

  it("refuses two rates of one usage type, what is no JSON, no list and no file", () => {
    const twice = [0.06, 0.07].map((rate) => ({ ...plan, usageType: "Host:ml.c7g.large", rate }));
    assert.throws(() => read({ rates: twice }), { message: /rates\.1\.rate: given 0\.07; allowed: 0\.06, as before/ });
    assert.throws(() => read("{"), { code: "InvalidRates", message: /allowed: JSON/ });
    assert.throws(() => read([]), { message: /file: given \[\]; allowed: an object with rates/ });
    assert.throws(() => read({ rates: [] }), { message: /rates: given \[\]; allowed: at least one rate/ });
    assert.throws(() => readRates(join(folder, "none.json")), { code: "RatesNotFound" });
  });
});
