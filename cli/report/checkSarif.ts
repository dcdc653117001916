import { gzipSync } from "node:zlib";
import type { Severity } from "../../contracts/rule";
import { findingText } from "../../policy/findingText";
import type { PackResult, VerdictRule } from "../../policy/verdict";
import { CHECK_PACK, type CheckFinding } from "../check/checkFinding";
import type { CheckResult } from "../check/checkResult";
import type { CheckReport, CheckReportOptions } from "./checkReport";

/**
 * What GitHub takes of one file (docs.github.com, "SARIF support for code scanning": limits on results and on the size
 * once compressed), in results and bytes.
 */
export const SARIF_LIMITS: SarifLimits = { results: 25_000, gzippedBytes: 10 * 1024 * 1024 };

/** How much one file may hold. */
export interface SarifLimits {
  readonly results: number;
  readonly gzippedBytes: number;
}

/** Longest description of a rule that GitHub takes, in characters. */
const DESCRIPTION_LIMIT = 1024;

/**
 * GitHub's severities by its own thresholds: critical from 9.0, high from 7.0, medium from 4.0, low from 0.1.
 * A policy that names no severity has none there either.
 */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/** How much of the results goes when the file is still too big. */
const SHRINK = 0.8;

/**
 * SARIF 2.1.0 for code scanning: one run for each pack, told apart by `automationDetails.id`. Suppressed findings are
 * left out, since GitHub would show them; so are the least severe ones beyond {@link SARIF_LIMITS}, which the report says.
 */
export function checkSarif(result: CheckResult, options: CheckReportOptions, limits = SARIF_LIMITS): CheckReport {
  const shown = result.findings.filter(({ suppression }) => suppression === undefined);
  let kept = shown.slice(0, limits.results);
  let text = sarifText(result, kept, options);
  while (gzipSync(text).length > limits.gzippedBytes && kept.length > 0) {
    kept = kept.slice(0, Math.floor(kept.length * SHRINK));
    text = sarifText(result, kept, options);
  }
  const left = shown.length - kept.length;
  const message = `SARIF leaves out the ${left} least severe of ${shown.length} findings, since GitHub takes no more`;
  return { text, warnings: left > 0 ? [message] : [] };
}

function sarifText(result: CheckResult, findings: readonly CheckFinding[], options: CheckReportOptions): string {
  const own = findings.filter(({ rule }) => rule.pack === CHECK_PACK);
  const runs = result.packs.map((pack) => {
    const names = new Set([pack.pack, ...pack.policies.map(({ rule }) => rule.pack)]);
    const found = findings.filter(({ rule }) => names.has(rule.pack));
    return run(pack, rulesOf(pack, found), found, result, options);
  });
  if (own.length > 0) runs.push(run({ pack: CHECK_PACK }, distinct(own.map(({ rule }) => rule)), own, result, options));
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs };
  return `${JSON.stringify(log)}\n`;
}

function run(
  { pack, version }: Pick<PackResult, "pack" | "version">,
  rules: readonly VerdictRule[],
  findings: readonly CheckFinding[],
  { project, stack }: CheckResult,
  options: CheckReportOptions,
) {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  return {
    tool: {
      driver: { name: "frugal-ml", semanticVersion: options.version, rules: rules.map(ruleDescriptor) },
      extensions: [{ name: pack, ...(version && { version }) }],
    },
    automationDetails: { id: `frugal-ml/${pack}/${project}/${stack}/` },
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => {
      const occurrence = (seen.get(finding.fingerprint) ?? 0) + 1;
      seen.set(finding.fingerprint, occurrence);
      return sarifResult(finding, indexes.get(finding.rule.id) ?? -1, occurrence, options);
    }),
  };
}

function ruleDescriptor({ id, title, why, fix, docs, severity }: VerdictRule) {
  const help = [why, fix && `Fix: ${fix}`, docs].filter((line) => line).join("\n\n") || title;
  return {
    id,
    name: id,
    shortDescription: { text: cut(title) },
    fullDescription: { text: cut(why ?? title) },
    help: { text: help, markdown: help },
    ...(docs && URL.canParse(docs) && { helpUri: docs }),
    properties: {
      tags: ["pulumi", "cost"],
      ...(severity && { "security-severity": SECURITY_SEVERITY[severity], "problem.severity": severity }),
    },
  };
}

function sarifResult(
  finding: CheckFinding,
  ruleIndex: number,
  occurrence: number,
  { projectFile }: CheckReportOptions,
) {
  const { rule, resource, location, violation } = finding;
  const { file, line, column } = location ?? { file: projectFile, line: 1, column: 1 };
  return {
    ruleId: rule.id,
    ruleIndex,
    level: violation ? "error" : "warning",
    message: { text: messageText(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriPath(file), uriBaseId: "%SRCROOT%" },
          region: { startLine: line, startColumn: column, endLine: line, endColumn: column + 1 },
        },
        ...(resource && {
          logicalLocations: [{ name: resource.name, fullyQualifiedName: resource.urn, kind: "resource" }],
        }),
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${finding.fingerprint}:${occurrence}` },
    ...(finding.known && { baselineState: "unchanged" }),
  };
}

function uriPath(file: string): string {
  return file.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

function messageText({ rule, resource, finding }: CheckFinding): string {
  const where = resource ? `${resource.name} (${resource.type}): ` : "";
  return `${where}${findingText(finding) || rule.title}${rule.fix ? `\nFix: ${rule.fix}` : ""}`;
}

/** The pack's policies, and whatever else it reported under another name. */
function rulesOf({ policies }: PackResult, findings: readonly CheckFinding[]): readonly VerdictRule[] {
  return distinct([...policies.map(({ rule }) => rule), ...findings.map(({ rule }) => rule)]);
}

function distinct(rules: readonly VerdictRule[]): readonly VerdictRule[] {
  const byId = new Map<string, VerdictRule>();
  for (const rule of rules) if (!byId.has(rule.id)) byId.set(rule.id, rule);
  return [...byId.values()];
}

function cut(text: string): string {
  return text.length > DESCRIPTION_LIMIT ? `${text.slice(0, DESCRIPTION_LIMIT - 1)}…` : text;
}
