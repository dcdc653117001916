import { deepEqual, equal } from "node:assert/strict";
import type { CheckResult } from "../../../cli/check/checkResult";
import { checkText } from "../../../cli/report/checkText";
import type { PackResult, Verdict, VerdictRule } from "../../../policy/verdict";
import { declared } from "../../policy/declared";

const rule: VerdictRule = {
  id: "r-1",
  pack: "p",
  severity: "high",
  title: "Things are right.",
  fix: "Right it.",
  docs: "https://d",
};
const resource = declared("t:i:Thing", "thing", {}, { location: { file: "src/index.ts", line: 8, column: 3 } });
const fails: Verdict = { rule, resource, finding: { status: "fail", path: "a[0]", message: "wrong" }, violation: true };
const unknown: Verdict = {
  rule,
  resource,
  finding: { status: "unknown", path: "b", message: "not known yet" },
  violation: false,
};
const bare: Verdict = {
  rule: { id: "r-2", pack: "q", title: "r-2" },
  finding: { status: "fail", path: "", message: "one\ntwo" },
  violation: true,
};

const resultOf = (verdicts: readonly Verdict[], over: Partial<PackResult> = {}): CheckResult => ({
  project: "shop",
  stack: "dev",
  resources: 3,
  packs: [
    {
      pack: "p",
      version: "1.0.0",
      policies: [
        { id: "r-1", enforcement: "mandatory" },
        { id: "off", enforcement: "disabled" },
      ],
      verdicts,
      remediations: [],
      ...over,
    },
    { pack: "q", policies: [], verdicts: [], remediations: [] },
  ],
  placeholders: [],
});

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
    const lines = checkText(resultOf([unknown, fails])).split("\n");
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

  it("has colours only where asked for", () => {
    equal(checkText(resultOf([fails])).includes("\x1b"), false);
    equal(checkText(resultOf([fails]), { colour: true }).startsWith("\x1b[31m✗ violation\x1b[39m r-1"), true);
  });
});
