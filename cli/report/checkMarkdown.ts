import { findingText } from "../../policy/findingText";
import type { VerdictRule } from "../../policy/verdict";
import { type CheckFinding, counts, severityRank } from "../check/checkFinding";
import { type CheckResult, suppressed, violations } from "../check/checkResult";
import type { CheckReport, CheckReportOptions } from "./checkReport";
import { summaryAsides, summarySubject } from "./checkSummary";
import { counted } from "./counted";
import { dollars } from "./dollars";
import { markdownText } from "./markdownText";
import { quotaAmount } from "./quotaAmount";

/** Most characters of a comment on GitHub, less what whoever posts it puts around the report. */
export const MARKDOWN_LIMIT = 65_536 - 1_024;

/** Characters that the report keeps for saying what it leaves out, and for closing what it opened. */
const RESERVE = 400;

/**
 * The result for a pull request: a verdict, a table by rule, and every finding folded away below its rule. When there
 * are too many, the least severe are left out and counted.
 */
export function checkMarkdown(result: CheckResult, options: CheckReportOptions): CheckReport {
  const limit = options.markdownLimit ?? MARKDOWN_LIMIT;
  const groups = byRule(result.findings.filter(counts));
  const page = new Page(limit - RESERVE);
  page.add(heading(result));
  page.addTable(
    "| rule | severity | violations | notes | saves a month |\n|---|---|--:|--:|--:|",
    groups.map(ruleRow),
    "rules",
  );
  for (const group of groups) {
    const [{ rule } = { rule: undefined }] = group;
    if (rule)
      page.addDetails(
        `<code>${markdownText(rule.id)}</code>: ${counted(group.length, "finding")}`,
        ruleText(rule),
        group.map(findingLine),
      );
  }
  page.addDetails(
    `${counted(suppressed(result).length, "finding")} suppressed`,
    "",
    suppressed(result).map(suppressedLine),
  );
  page.addDetails(
    "Service quotas that this stack needs",
    "",
    result.quotas.map((quota) => {
      return `- ${markdownText(quota.service)}: ${markdownText(quota.quota)}: ${quotaAmount(quota)}`;
    }),
  );
  page.addDetails(
    "Not asked of the cloud, and so unknown to every rule",
    "",
    result.placeholders.map(({ kind, name }) => {
      return `- ${markdownText(kind)} <code>${markdownText(name)}</code>`;
    }),
  );
  const warning = `Markdown leaves out ${page.left} lines, since a comment holds no more than ${limit} characters`;
  return { text: page.text(), warnings: page.left > 0 ? [warning] : [] };
}

/** Text that grows up to a limit, and counts the lines that found no place. */
class Page {
  #text = "";
  #left = 0;

  constructor(private readonly limit: number) {}

  get left(): number {
    return this.#left;
  }

  add(text: string): boolean {
    if (this.#text.length + text.length > this.limit) return false;
    this.#text += text;
    return true;
  }

  addTable(head: string, rows: readonly string[], what: string): void {
    if (rows.length === 0) return;
    this.#addLines(`\n${head}\n`, rows, "", what);
  }

  addDetails(title: string, before: string, lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#addLines(`\n<details><summary>${title}</summary>\n\n${before}`, lines, "\n</details>\n", "lines");
  }

  text(): string {
    const left = this.#left > 0 ? `\n_${this.#left} more lines are left out here; the other reports have them._\n` : "";
    return `${this.#text}${left}`;
  }

  #addLines(open: string, lines: readonly string[], close: string, what: string): void {
    if (this.#text.length + open.length + close.length > this.limit) {
      this.#left += lines.length;
      return;
    }
    this.#text += open;
    const room = this.limit - close.length - `_… and ${lines.length} more ${what}_\n`.length;
    let shown = 0;
    for (const line of lines) {
      if (this.#text.length + line.length + 1 > room) break;
      this.#text += `${line}\n`;
      shown++;
    }
    const left = lines.length - shown;
    this.#left += left;
    this.#text += `${left > 0 ? `\n_… and ${left} more_\n` : ""}${close}`;
  }
}

function heading(result: CheckResult): string {
  const refused = violations(result).length;
  const verdict = refused > 0 ? `❌ ${counted(refused, "violation")}` : "✅ no violations";
  const subject = markdownText(summarySubject(result));
  return `### frugal-ml check: ${[verdict, ...summaryAsides(result)].join(", ")}\n\n${subject}\n`;
}

function byRule(findings: readonly CheckFinding[]): readonly (readonly CheckFinding[])[] {
  const groups = new Map<string, CheckFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule.pack}\n${finding.rule.id}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const rank = ([first]: readonly CheckFinding[]) => (first ? severityRank(first) : 0);
  const refuses = (group: readonly CheckFinding[]) => (group.some(({ violation }) => violation) ? 0 : 1);
  return [...groups.values()].sort((a, b) => refuses(a) - refuses(b) || rank(a) - rank(b));
}

function ruleRow(group: readonly CheckFinding[]): string {
  const [first] = group;
  const refused = group.filter(({ violation }) => violation).length;
  const savings = group.flatMap(({ finding }) => (finding.saving === undefined ? [] : [finding.saving]));
  const saves = savings.length > 0 ? dollars(savings.reduce((sum, saving) => sum + saving, 0)) : "";
  const rule = first?.rule;
  return `| <code>${markdownText(rule?.id ?? "")}</code> ${markdownText(rule?.title ?? "")} | ${rule?.severity ?? ""} | ${refused} | ${group.length - refused} | ${saves} |`;
}

function ruleText({ title, why, fix, docs }: VerdictRule): string {
  const lines = [
    markdownText(title),
    why && markdownText(why),
    fix && `**Fix:** ${markdownText(fix)}`,
    docs && link(docs),
  ];
  return `${lines.filter((line) => line).join("\n\n")}\n\n`;
}

function findingLine({ resource, finding, location, violation }: CheckFinding): string {
  const subject = resource
    ? `**${markdownText(resource.name)}** <code>${markdownText(resource.type)}</code>`
    : "the stack";
  const where = location ? ` (${markdownText(location.file)}:${location.line})` : "";
  const saves = finding.saving === undefined ? "" : `, saves ${dollars(finding.saving)} a month`;
  return `- ${violation ? "❌" : "⚠️"} ${subject}${where}: ${markdownText(findingText(finding))}${saves}`;
}

function suppressedLine({ rule, resource, suppression }: CheckFinding): string {
  const { owner = "", reason = "", expires = "" } = suppression ?? {};
  const subject = markdownText(resource?.name ?? "the stack");
  return `- <code>${markdownText(rule.id)}</code> ${subject}: ${markdownText(reason)} (${markdownText(owner)}, until ${markdownText(expires)})`;
}

/** An address as a link, or as text when it is none. */
function link(address: string): string {
  return /^https?:\/\/[^\s<>]+$/.test(address) ? `<${address}>` : markdownText(address);
}
