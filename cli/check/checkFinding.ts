import { createHash } from "node:crypto";
import type { SourceLocation } from "../../contracts/graph";
import type { Severity } from "../../contracts/rule";
import type { Verdict } from "../../policy/verdict";

/** Why a finding does not count: somebody answers for it until a day. */
export interface Suppression {
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it is suppressed, YYYY-MM-DD in UTC. */
  readonly expires: string;
}

/** A verdict with everything that tells whether it counts. */
export interface CheckFinding extends Verdict {
  /** The same for the same rule, resource and property, whatever else changes: 32 hexadecimal digits. */
  readonly fingerprint: string;
  /** Line of the program, or of the exceptions file, that it is about. */
  readonly location?: SourceLocation;
  /** Present when an exception covers it. */
  readonly suppression?: Suppression;
  /** True when the baseline had it already. */
  readonly known: boolean;
}

/** Severities, worst first. What names none comes last. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** Name of the pack that a check's own findings belong to: on exceptions, and on rules that were weakened. */
export const CHECK_PACK = "check";

/** Hashes what identifies a finding from one run to the next: pack and rule, URN, property path. */
export function fingerprint({ rule, resource, finding }: Verdict): string {
  const identity = JSON.stringify([rule.pack, rule.id, resource?.urn ?? "", finding.path]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 32);
}

/** True when a finding is neither suppressed nor in the baseline. */
export function counts({ suppression, known }: CheckFinding): boolean {
  return suppression === undefined && !known;
}

/** Position of a finding's severity, 0 for the worst. */
export function severityRank({ rule }: Verdict): number {
  return rule.severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(rule.severity);
}

/** Orders findings: severity, then file and line, then what is left to tell them apart. */
export function compareFindings(a: CheckFinding, b: CheckFinding): number {
  return (
    severityRank(a) - severityRank(b) ||
    compareText(a.location?.file ?? "\uffff", b.location?.file ?? "\uffff") ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    (a.location?.column ?? 0) - (b.location?.column ?? 0) ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(a.resource?.urn ?? "", b.resource?.urn ?? "") ||
    compareText(a.finding.path, b.finding.path)
  );
}

/** Order of code units, the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
