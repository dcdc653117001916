import { deepEqual, equal } from "node:assert/strict";
import { checkText } from "../../../cli/report/checkText";
import { bare, exception, fails, finding, resource, resultOf, rule, unknown } from "./checkResults";

describe("verdict as text", () => {
  it("shows rule, severity, resource, place, path, message, fix and page", () => {
    deepEqual(checkText(resultOf([fails])).split("\n"), [
      "✗ violation r-1 (high): Things are right.",
      "    thing  t:i:Thing",
      "    src/index.ts:8:3",
      "    a[0]: wrong",
      "    fix: Right it.",
      "    https://d",
      "",
      "1 violation: 3 resources of shop/dev, checked by p@1.0.0 (1 rule), q (0 rules)",
      "",
    ]);
  });

  it("puts violations first, and says what cannot be told", () => {
    const lines = checkText(resultOf([fails, unknown])).split("\n");
    deepEqual(
      lines.filter((line) => /^[✗!]|told/.test(line)),
      [
        "✗ violation r-1 (high): Things are right.",
        "! note r-1 (high): Things are right.",
        "    cannot be told yet: b: not known yet",
        "1 violation, 1 note, 1 of these cannot be told yet: 3 resources of shop/dev, checked by p@1.0.0 (1 rule), q (0 rules)",
      ],
    );
  });

  it("does without what a pack does not say", () => {
    deepEqual(
      checkText(resultOf([bare]))
        .split("\n")
        .slice(0, 4),
      ["✗ violation r-2: r-2", "    the stack as a whole", "    one", "    two"],
    );
  });

  it("says what would be mended and what the cloud was not asked", () => {
    const result = resultOf([], { remediations: [{ rule, resource }] });
    const text = checkText({ ...result, placeholders: [{ kind: "invoke", name: "aws:ec2/getAmi:getAmi" }] });
    deepEqual(text.split("\n"), [
      "~ remediated r-1 would change thing (t:i:Thing) during the update",
      "",
      "Not asked of the cloud, and so unknown to every rule:",
      "    invoke aws:ec2/getAmi:getAmi",
      "",
      "no violations: 3 resources of shop/dev, checked by p@1.0.0 (1 rule), q (0 rules)",
      "",
    ]);
  });

  it("says what is suppressed, what a fix saves and what quotas are needed", () => {
    const saving = finding({ finding: { status: "fail", path: "a", message: "dear", saving: 1234.5 } });
    const result = resultOf([saving, finding({ suppression: exception }), finding({ known: true })]);
    const quota = {
      service: "sagemaker",
      quota: "ml.c5.xlarge for endpoint usage",
      needed: 3,
      atLeast: true,
      because: [],
    };
    const lines = checkText({ ...result, quotas: [quota] }).split("\n");
    deepEqual(lines.slice(4), [
      "    saves $1,234.50 a month",
      "    fix: Right it.",
      "    https://d",
      "",
      "Suppressed by exceptions:",
      "    r-1: thing, by platform until 2026-12-31: <b>measured</b> | agreed",
      "",
      "Service quotas that this stack needs:",
      "    sagemaker: ml.c5.xlarge for endpoint usage: at least 3",
      "",
      "1 violation, 1 suppressed, 1 in the baseline: 3 resources of shop/dev, checked by p@1.0.0 (1 rule), q (0 rules)",
      "",
    ]);
  });

  it("has colours only where asked for", () => {
    equal(checkText(resultOf([fails])).includes("\x1b"), false);
    equal(checkText(resultOf([fails]), { colour: true }).startsWith("\x1b[31m✗ violation\x1b[39m r-1"), true);
  });
});
