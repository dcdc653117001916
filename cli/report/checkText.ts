import { findingText } from "../../policy/findingText";
import type { Remediation } from "../../policy/verdict";
import type { CheckFinding } from "../check/checkFinding";
import { type CheckResult, notes, suppressed, violations } from "../check/checkResult";
import { summaryAsides, summarySubject } from "./checkSummary";
import { counted } from "./counted";
import { dollars } from "./dollars";
import { quotaAmount } from "./quotaAmount";

/** Codes that begin and end a style on a terminal (ECMA-48, select graphic rendition). */
const STYLES = { red: [31, 39], yellow: [33, 39], green: [32, 39], dim: [2, 22] } as const;
type Colour = keyof typeof STYLES;
type Paint = (colour: Colour, text: string) => string;

/** How a verdict is shown as text. */
export interface CheckTextOptions {
  /** Whether to use terminal colours. Defaults to false. */
  readonly colour?: boolean;
}

/** The verdict for a reader: every finding with its place and fix, what else there is to know, and a last line of counts. */
export function checkText(result: CheckResult, { colour = false }: CheckTextOptions = {}): string {
  const paint: Paint = (name, text) => (colour ? `\x1b[${STYLES[name][0]}m${text}\x1b[${STYLES[name][1]}m` : text);
  const refused = violations(result);
  const shown = notes(result);
  const paragraphs = [
    ...refused.map((verdict) => verdictText(verdict, paint)),
    ...shown.map((verdict) => verdictText(verdict, paint)),
    ...result.packs.flatMap(({ remediations }) => remediations.map((mended) => remediationText(mended, paint))),
    ...suppressedText(result, paint),
    ...placeholderText(result, paint),
    ...quotaText(result, paint),
    summary(result, refused, paint),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

function verdictText({ rule, resource, finding, violation, location }: CheckFinding, paint: Paint): string {
  const mark = violation ? paint("red", "✗ violation") : paint("yellow", "! note");
  const severity = rule.severity ? ` (${rule.severity})` : "";
  const where = location && `${location.file}:${location.line}:${location.column}`;
  const message = findingText(finding).split("\n");
  return [
    `${mark} ${rule.id}${severity}: ${rule.title}`,
    `    ${resource ? `${resource.name}  ${paint("dim", resource.type)}` : "the stack as a whole"}`,
    ...(where ? [`    ${where}`] : []),
    ...message.filter((line) => line.trim() !== "" && line !== rule.title).map((line) => `    ${line}`),
    ...(finding.saving === undefined ? [] : [`    saves ${dollars(finding.saving)} a month`]),
    ...(rule.fix ? [`    fix: ${rule.fix}`] : []),
    ...(rule.docs ? [paint("dim", `    ${rule.docs}`)] : []),
  ].join("\n");
}

function remediationText({ rule, resource }: Remediation, paint: Paint): string {
  return `${paint("yellow", "~ remediated")} ${rule.id} would change ${resource.name} (${resource.type}) during the update`;
}

function placeholderText({ placeholders }: CheckResult, paint: Paint): readonly string[] {
  if (placeholders.length === 0) return [];
  const lines = placeholders.map(({ kind, name }) => `    ${kind} ${name}`);
  return [[paint("dim", "Not asked of the cloud, and so unknown to every rule:"), ...lines].join("\n")];
}

function suppressedText(result: CheckResult, paint: Paint): readonly string[] {
  const lines = suppressed(result).flatMap(({ rule, resource, suppression }) => {
    if (suppression === undefined) return [];
    const { owner, reason, expires } = suppression;
    return [`    ${rule.id}: ${resource?.name ?? "the stack"}, by ${owner} until ${expires}: ${reason}`];
  });
  return lines.length > 0 ? [[paint("dim", "Suppressed by exceptions:"), ...lines].join("\n")] : [];
}

function quotaText({ quotas }: CheckResult, paint: Paint): readonly string[] {
  if (quotas.length === 0) return [];
  const lines = quotas.map((quota) => `    ${quota.service}: ${quota.quota}: ${quotaAmount(quota)}`);
  return [[paint("dim", "Service quotas that this stack needs:"), ...lines].join("\n")];
}

function summary(result: CheckResult, refused: readonly CheckFinding[], paint: Paint): string {
  const verdict =
    refused.length > 0 ? paint("red", counted(refused.length, "violation")) : paint("green", "no violations");
  return `${[verdict, ...summaryAsides(result)].join(", ")}: ${summarySubject(result)}`;
}
