import type { Placeholder } from "../../contracts/graph";
import type { PackResult } from "../../policy/verdict";
import type { NeededQuota } from "../quotas/neededQuotas";
import { type CheckFinding, counts } from "./checkFinding";

/** What all packs said of one stack. */
export interface CheckResult {
  readonly project: string;
  readonly stack: string;
  /** Number of resources that the program declares: neither the stack itself nor default providers. */
  readonly resources: number;
  readonly packs: readonly PackResult[];
  /** Every finding, the worst first: those of the packs, and of the check itself. */
  readonly findings: readonly CheckFinding[];
  /** What the cloud was not asked, and so is unknown. */
  readonly placeholders: readonly Placeholder[];
  /** Service quotas that the account needs for what the stack declares. */
  readonly quotas: readonly NeededQuota[];
}

/** Findings that refuse the update: not suppressed, and not in the baseline. */
export function violations({ findings }: CheckResult): readonly CheckFinding[] {
  return findings.filter((finding) => finding.violation && counts(finding));
}

/** Findings that are only shown. */
export function notes({ findings }: CheckResult): readonly CheckFinding[] {
  return findings.filter((finding) => !finding.violation && counts(finding));
}

/** Findings that an exception covers. */
export function suppressed({ findings }: CheckResult): readonly CheckFinding[] {
  return findings.filter(({ suppression }) => suppression !== undefined);
}

/** Findings that the baseline had already, and that no exception covers. */
export function known({ findings }: CheckResult): readonly CheckFinding[] {
  return findings.filter((finding) => finding.known && finding.suppression === undefined);
}
