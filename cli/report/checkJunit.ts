import type { Enforcement } from "../../contracts/rule";
import { findingText } from "../../policy/findingText";
import type { VerdictRule } from "../../policy/verdict";
import { CHECK_PACK, type CheckFinding } from "../check/checkFinding";
import type { CheckResult } from "../check/checkResult";
import { failing } from "../check/failOn";
import type { CheckReportOptions } from "./checkReport";

/**
 * JUnit's XML, which most build servers show: a suite for each pack, in it a case for each rule and resource that
 * something was found in, and one for each rule that found nothing.
 */
export function checkJunit(result: CheckResult, { failOn }: CheckReportOptions): string {
  const failed = new Set(failing(result, failOn));
  const suites = result.packs.map(({ pack, policies }) => {
    const names = new Set([pack, ...policies.map(({ rule }) => rule.pack)]);
    const found = result.findings.filter(({ rule }) => names.has(rule.pack));
    const silent = policies.filter(({ rule }) => !found.some((finding) => finding.rule.id === rule.id));
    return suite(pack, [...findingCases(found, failed), ...silent.map(silentCase)]);
  });
  const own = result.findings.filter(({ rule }) => rule.pack === CHECK_PACK);
  if (own.length > 0) suites.push(suite(CHECK_PACK, findingCases(own, failed)));
  const { tests, failures, skipped } = total(suites);
  const name = escaped(`${result.project}/${result.stack}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" tests="${tests}" failures="${failures}" skipped="${skipped}" errors="0">`,
    ...suites.map(({ xml }) => xml),
    "</testsuites>",
    "",
  ].join("\n");
}

type Outcome = "failed" | "skipped" | "passed";

interface Case {
  readonly outcome: Outcome;
  readonly xml: string;
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
  readonly xml: string;
}

function suite(pack: string, cases: readonly Case[]): Suite {
  const failures = cases.filter(({ outcome }) => outcome === "failed").length;
  const skipped = cases.filter(({ outcome }) => outcome === "skipped").length;
  const attributes = `tests="${cases.length}" failures="${failures}" skipped="${skipped}" errors="0"`;
  const xml = [
    `  <testsuite name="${escaped(pack)}" ${attributes}>`,
    ...cases.map((one) => one.xml),
    "  </testsuite>",
  ].join("\n");
  return { tests: cases.length, failures, skipped, xml };
}

function total(suites: readonly Suite[]): Omit<Suite, "xml"> {
  const sum = (count: (one: Suite) => number) => suites.reduce((all, one) => all + count(one), 0);
  return { tests: sum((s) => s.tests), failures: sum((s) => s.failures), skipped: sum((s) => s.skipped) };
}

function findingCases(findings: readonly CheckFinding[], failed: ReadonlySet<CheckFinding>): readonly Case[] {
  const groups = new Map<string, CheckFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule.id}\n${finding.resource?.urn ?? ""}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => findingCase(group, failed));
}

function findingCase(group: readonly CheckFinding[], failed: ReadonlySet<CheckFinding>): Case {
  const [first] = group;
  if (first === undefined) throw new Error("a case without a finding");
  const { rule, resource, location } = first;
  const name = resource ? `${rule.id}: ${resource.name}` : `${rule.id}: the stack`;
  const place = location ? ` file="${escaped(location.file)}" line="${location.line}"` : "";
  const open = `    <testcase classname="${escaped(rule.pack)}" name="${escaped(name)}"${place}>`;
  const fails = group.filter((finding) => failed.has(finding));
  if (fails.length > 0) {
    const type = escaped(rule.severity ?? "violation");
    const message = `message="${escaped(rule.title)}" type="${type}"`;
    const text = [
      resource?.urn,
      ...fails.map(({ finding }) => findingText(finding)),
      rule.fix && `Fix: ${rule.fix}`,
      rule.docs,
    ];
    const body = escaped(text.filter((line) => line).join("\n"));
    return { outcome: "failed", xml: `${open}\n      <failure ${message}>${body}</failure>\n    </testcase>` };
  }
  const reasons = group.map(asideText).join("\n");
  if (group.every(({ suppression }) => suppression !== undefined)) {
    return { outcome: "skipped", xml: `${open}\n      <skipped message="${escaped(reasons)}"/>\n    </testcase>` };
  }
  return { outcome: "passed", xml: `${open}\n      <system-out>${escaped(reasons)}</system-out>\n    </testcase>` };
}

function asideText({ finding, suppression, known }: CheckFinding): string {
  if (suppression) {
    const { owner, reason, expires } = suppression;
    return `suppressed until ${expires} by ${owner}: ${reason}; ${findingText(finding)}`;
  }
  return `${known ? "in the baseline" : "note"}: ${findingText(finding)}`;
}

function silentCase({ rule, enforcement }: { readonly rule: VerdictRule; readonly enforcement: Enforcement }): Case {
  const open = `    <testcase classname="${escaped(rule.pack)}" name="${escaped(rule.id)}"`;
  if (enforcement !== "disabled") return { outcome: "passed", xml: `${open}/>` };
  return { outcome: "skipped", xml: `${open}>\n      <skipped message="disabled"/>\n    </testcase>` };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** Text for XML. Characters that XML 1.0 has no way to write become U+FFFD. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
}
