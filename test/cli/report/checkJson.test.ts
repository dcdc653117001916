import { deepEqual, equal } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBaseline } from "../../../cli/check/baseline";
import { checkJson } from "../../../cli/report/checkJson";
import { bare, exception, fails, finding, reportOptions, resultOf, unknown } from "./checkResults";

describe("JSON", () => {
  const result = resultOf([fails, unknown, bare, finding({ suppression: exception }), finding({ known: true })]);

  it("says everything of each finding, and the counts", () => {
    const report = JSON.parse(checkJson(result, reportOptions));
    deepEqual([report.version, report.tool, report.ok], [1, { name: "frugal-ml", version: "1.2.3" }, false]);
    deepEqual(report.counts, { violations: 2, notes: 1, suppressed: 1, known: 1 });
    deepEqual(report.findings[0], {
      fingerprint: fails.fingerprint,
      rule: "r-1",
      pack: "p",
      severity: "high",
      title: "Things are right.",
      status: "fail",
      violation: true,
      resource: { urn: "urn:pulumi:test::shop::t:i:Thing::thing", type: "t:i:Thing", name: "thing" },
      path: "a[0]",
      message: "wrong",
      fix: "Right it.",
      docs: "https://d",
      location: { file: "src/index.ts", line: 8, column: 3 },
      known: false,
    });
    deepEqual(report.findings[3].suppression, exception);
    deepEqual(report.packs[0].rules[1], { id: "off", enforcement: "disabled", declared: "advisory" });
    equal(JSON.parse(checkJson(resultOf([unknown]), reportOptions)).ok, true);
  });

  it("is a baseline", () => {
    const folder = mkdtempSync(join(tmpdir(), "frugal-ml-json-"));
    try {
      const file = join(folder, "check.json");
      writeFileSync(file, checkJson(result, reportOptions));
      const { project, stack, findings } = readBaseline(file);
      deepEqual([project, stack, findings.length], ["shop", "dev", 5]);
      deepEqual(findings[3]?.suppression, exception);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
