import type { PackResult } from "../../policy/verdict";
import { type CheckResult, known, notes, suppressed, violations } from "../check/checkResult";
import { counted } from "./counted";

/** The result in one line of counts, without colours. */
export function checkSummary(result: CheckResult): string {
  const refused = violations(result).length;
  const verdict = refused > 0 ? counted(refused, "violation") : "no violations";
  return `${[verdict, ...summaryAsides(result)].join(", ")}: ${summarySubject(result)}`;
}

/** What there is besides violations, in a few words each. */
export function summaryAsides(result: CheckResult): readonly string[] {
  const shown = [...violations(result), ...notes(result)];
  const unknown = shown.filter(({ finding }) => finding.status === "unknown").length;
  return [
    ...(notes(result).length > 0 ? [counted(notes(result).length, "note")] : []),
    ...(unknown > 0 ? [`${unknown} of these cannot be told yet`] : []),
    ...(suppressed(result).length > 0 ? [`${suppressed(result).length} suppressed`] : []),
    ...(known(result).length > 0 ? [`${known(result).length} in the baseline`] : []),
  ];
}

/** What was checked, by what. */
export function summarySubject(result: CheckResult): string {
  const subject = `${counted(result.resources, "resource")} of ${result.project}/${result.stack}`;
  return `${subject}, checked by ${result.packs.map(packText).join(", ")}`;
}

function packText({ pack, version, policies }: PackResult): string {
  const active = policies.filter(({ enforcement }) => enforcement !== "disabled").length;
  return `${pack}${version ? `@${version}` : ""} (${counted(active, "rule")})`;
}
