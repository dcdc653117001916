import { type CheckFinding, fingerprint, type Suppression } from "../../../cli/check/checkFinding";
import type { CheckResult } from "../../../cli/check/checkResult";
import type { CheckReportOptions } from "../../../cli/report/checkReport";
import type { PackResult, Verdict, VerdictRule } from "../../../policy/verdict";
import { declared } from "../../policy/declared";

export const rule: VerdictRule = {
  id: "r-1",
  pack: "p",
  severity: "high",
  title: "Things are right.",
  fix: "Right it.",
  docs: "https://d",
};

export const resource = declared("t:i:Thing", "thing", {}, { location: { file: "src/index.ts", line: 8, column: 3 } });

export const exception: Suppression = { owner: "platform", reason: "<b>measured</b> | agreed", expires: "2026-12-31" };

/** A finding as a check settles it; tests change what matters to them. */
export function finding(change: Partial<CheckFinding> = {}): CheckFinding {
  const verdict: Verdict = {
    rule,
    resource,
    finding: { status: "fail", path: "a[0]", message: "wrong" },
    violation: true,
    ...change,
  };
  const location = verdict.resource?.location;
  return { ...verdict, fingerprint: fingerprint(verdict), ...(location && { location }), known: false, ...change };
}

export const fails = finding();

export const unknown = finding({
  finding: { status: "unknown", path: "b", message: "not known yet" },
  violation: false,
});

const ofTheStack: Verdict = {
  rule: { id: "r-2", pack: "q", title: "r-2" },
  finding: { status: "fail", path: "", message: "one\ntwo" },
  violation: true,
};

/** A finding of a policy that says no more than it must, about the stack as a whole. */
export const bare: CheckFinding = { ...ofTheStack, fingerprint: fingerprint(ofTheStack), known: false };

const off: VerdictRule = { id: "off", pack: "p", title: "Off." };

/** The result of two packs; the first has a rule and a disabled one. */
export function resultOf(findings: readonly CheckFinding[], over: Partial<PackResult> = {}): CheckResult {
  return {
    project: "shop",
    stack: "dev",
    resources: 3,
    packs: [
      {
        pack: "p",
        version: "1.0.0",
        policies: [
          { rule, enforcement: "mandatory", declared: "mandatory" },
          { rule: off, enforcement: "disabled", declared: "advisory" },
        ],
        verdicts: [],
        remediations: [],
        ...over,
      },
      { pack: "q", policies: [], verdicts: [], remediations: [] },
    ],
    findings,
    placeholders: [],
    quotas: [],
  };
}

export const reportOptions: CheckReportOptions = {
  failOn: "violation",
  version: "1.2.3",
  projectFile: "infra/Pulumi.yaml",
};

/** Many findings, in a program of many files. */
export function manyFindings(count: number): readonly CheckFinding[] {
  return Array.from({ length: count }, (_, index) => {
    const location = { file: `src/file${index % 40}.ts`, line: index + 1, column: 1 };
    const one = declared("aws:lambda/function:Function", `function-${index}`, {}, { location });
    const message = `absent, so the function ${index} runs on x86_64; it must be exactly ["arm64"]`;
    const id = `r-${index % 12}`;
    return finding({
      rule: { ...rule, id, title: `Rule ${id}` },
      resource: one,
      finding: { status: "fail", path: "architectures", message, saving: 1 },
      violation: index % 3 > 0,
    });
  });
}
