import { type CheckFinding, counts, SEVERITIES, severityRank } from "./checkFinding";
import type { CheckResult } from "./checkResult";

/** What makes a check fail: `violation` alone, any finding, findings of a severity or worse, or nothing. */
export const FAIL_ON = ["violation", "note", ...SEVERITIES, "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** What makes a check fail unless told otherwise. */
export const DEFAULT_FAIL_ON: FailOn = "violation";

/**
 * The findings for which a check fails. By severity, violations and notes count alike, and a violation of a policy
 * that names no severity counts as the worst.
 */
export function failing(result: CheckResult, failOn: FailOn): readonly CheckFinding[] {
  return result.findings.filter((finding) => counts(finding) && fails(finding, failOn));
}

function fails(finding: CheckFinding, failOn: FailOn): boolean {
  if (failOn === "never") return false;
  if (failOn === "note") return true;
  if (failOn === "violation") return finding.violation;
  if (finding.rule.severity === undefined) return finding.violation;
  return severityRank(finding) <= SEVERITIES.indexOf(failOn);
}
