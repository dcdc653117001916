import type { AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { GraphResource } from "../../contracts/graph";
import type { Finding } from "../../contracts/rule";
import { UNKNOWN_PREFIX } from "../../policy/findingText";
import type { Verdict, VerdictRule } from "../../policy/verdict";
import { type PackPolicy, readLevel, readSeverity } from "./packPolicy";

/**
 * What the policy SDK says when a policy touched an unknown value: it ends that validation and makes the result
 * advisory (`@pulumi/policy` server.js; the same in Python).
 */
const TOUCHED_UNKNOWN = /^can't run .* during preview: .* at \.?(\S*) can't be known during preview/s;

/**
 * A diagnostic of a pack as a verdict. Mandatory refuses; so does `remediate`, since what is still wrong after
 * remediation is (pulumi `pkg/resource/deploy/analyze_snapshot.go`).
 * @param resource what it is about; undefined for the stack as a whole
 */
export function packVerdict(
  diagnostic: AnalyzeDiagnostic,
  policies: ReadonlyMap<string, PackPolicy>,
  resource: GraphResource | undefined,
): Verdict {
  const level = readLevel(diagnostic.getEnforcementlevel());
  const described = policies.get(diagnostic.getPolicyname())?.rule;
  const severity = readSeverity(diagnostic.getSeverity()) ?? described?.severity;
  const rule: VerdictRule = {
    id: diagnostic.getPolicyname(),
    pack: diagnostic.getPolicypackname() || (described?.pack ?? ""),
    title: diagnostic.getDescription() || (described?.title ?? diagnostic.getPolicyname()),
    ...(described?.fix !== undefined && { fix: described.fix }),
    ...(described?.docs !== undefined && { docs: described.docs }),
    ...(severity && { severity }),
  };
  return {
    rule,
    ...(resource && { resource }),
    finding: readFinding(diagnostic.getMessage(), rule),
    violation: level === "mandatory" || level === "remediate",
  };
}

/** The verdict that a remediation could not be tried, which is only shown. */
export function remediationVerdict(rule: VerdictRule, diagnostic: string, resource: GraphResource): Verdict {
  return { rule, resource, finding: readFinding(diagnostic, rule), violation: false };
}

/** The policy's own words: the SDK puts the description before them, and our packs put the fix after them. */
function readFinding(message: string, rule: VerdictRule): Finding {
  const touched = TOUCHED_UNKNOWN.exec(message);
  if (touched) {
    const path = touched[1] ?? "";
    return { status: "unknown", path, message: "not known yet; the policy stopped there, so nothing more is told" };
  }
  const afterTitle = message.startsWith(`${rule.title}\n`) ? message.slice(rule.title.length + 1) : message;
  const fix = `\n${rule.fix}`;
  const text = rule.fix !== undefined && afterTitle.endsWith(fix) ? afterTitle.slice(0, -fix.length) : afterTitle;
  if (text.startsWith(UNKNOWN_PREFIX)) {
    return { status: "unknown", path: "", message: text.slice(UNKNOWN_PREFIX.length) };
  }
  return { status: "fail", path: "", message: text };
}
