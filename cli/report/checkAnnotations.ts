import { findingText } from "../../policy/findingText";
import { type CheckFinding, counts } from "../check/checkFinding";
import type { CheckResult } from "../check/checkResult";
import { failing } from "../check/failOn";
import type { CheckReportOptions } from "./checkReport";
import { checkSummary } from "./checkSummary";

/** How many annotations of each kind GitHub shows of one step (docs.github.com, "Workflow commands", problem annotations). */
export const ANNOTATION_LIMIT = 10;

/** Workflow commands that annotate the lines of a pull request, the worst first, and a line that counts them all. */
export function checkAnnotations(result: CheckResult, { failOn, projectFile }: CheckReportOptions): string {
  const failed = new Set(failing(result, failOn));
  const counted = result.findings.filter(counts);
  const isError = (finding: CheckFinding) => finding.violation || failed.has(finding);
  const errors = counted.filter(isError);
  const warnings = counted.filter((finding) => !isError(finding));
  const left = Math.max(0, errors.length - ANNOTATION_LIMIT) + Math.max(0, warnings.length - ANNOTATION_LIMIT);
  return [
    ...errors.slice(0, ANNOTATION_LIMIT).map((finding) => command("error", finding, projectFile)),
    ...warnings.slice(0, ANNOTATION_LIMIT).map((finding) => command("warning", finding, projectFile)),
    checkSummary(result),
    ...(left > 0 ? [`${left} more than GitHub annotates; the step summary lists them.`] : []),
    "",
  ].join("\n");
}

function command(kind: "error" | "warning", finding: CheckFinding, projectFile: string): string {
  const { rule, resource, location } = finding;
  const { file, line, column } = location ?? { file: projectFile, line: 1, column: 1 };
  const title = `${rule.id}${resource ? `: ${resource.name}` : ""}`;
  const message = `${findingText(finding.finding) || rule.title}${rule.fix ? `\nFix: ${rule.fix}` : ""}`;
  return `::${kind} file=${property(file)},line=${line},col=${column},title=${property(title)}::${data(message)}`;
}

/** Escapes as the runner reads them (actions/toolkit, packages/core/src/command.ts). */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
