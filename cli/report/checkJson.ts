import type { CheckFinding } from "../check/checkFinding";
import { type CheckResult, known, notes, suppressed, violations } from "../check/checkResult";
import { failing } from "../check/failOn";
import type { CheckReportOptions } from "./checkReport";
import { jsonText } from "./jsonText";

/**
 * Everything a check found as JSON, for programs and as a baseline. Later versions add fields; one that changes or
 * removes a field has another `version`.
 */
export function checkJson(result: CheckResult, { failOn, version }: CheckReportOptions): string {
  const { project, stack, resources, packs, findings, placeholders, quotas } = result;
  const report = {
    version: 1,
    tool: { name: "frugal-ml", version },
    project,
    stack,
    resources,
    ok: failing(result, failOn).length === 0,
    failOn,
    counts: {
      violations: violations(result).length,
      notes: notes(result).length,
      suppressed: suppressed(result).length,
      known: known(result).length,
    },
    findings: findings.map(findingJson),
    remediations: packs.flatMap(({ remediations }) =>
      remediations.map(({ rule, resource }) => ({ rule: rule.id, pack: rule.pack, urn: resource.urn })),
    ),
    packs: packs.map((pack) => ({
      pack: pack.pack,
      version: pack.version,
      rules: pack.policies.map(({ rule, enforcement, declared }) => ({ id: rule.id, enforcement, declared })),
    })),
    placeholders,
    quotas,
  };
  return jsonText(report);
}

function findingJson({ rule, resource, finding, violation, fingerprint, location, suppression, known }: CheckFinding) {
  return {
    fingerprint,
    rule: rule.id,
    pack: rule.pack,
    severity: rule.severity,
    title: rule.title,
    status: finding.status,
    violation,
    ...(resource && { resource: { urn: resource.urn, type: resource.type, name: resource.name } }),
    path: finding.path,
    message: finding.message,
    why: rule.why,
    fix: rule.fix,
    docs: rule.docs,
    location,
    savingPerMonth: finding.saving,
    suppression,
    known,
  };
}
