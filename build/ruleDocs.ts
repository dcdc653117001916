import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import type { Rule, RuleParameter } from "../contracts/rule";
import { packs } from "../policy/packs";
import { ruleParameters } from "../policy/ruleConfig";

/** Where the pages are committed, from the repository's root. */
export const RULE_PAGES = "docs/rules";

/**
 * The page of each pack, written from its rules alone.
 * @param root the repository
 * @returns Markdown by file name
 */
export async function rulePages(root: string): Promise<ReadonlyMap<string, string>> {
  const pages = Object.entries(packs).map(
    async ([pack, rules]) => [`${pack}.md`, rulePage(pack, await descriptionOf(root, pack), rules)] as const,
  );
  return new Map(await Promise.all(pages));
}

async function descriptionOf(root: string, pack: string): Promise<string> {
  const project: unknown = parse(await readFile(path.join(root, "policy", pack, "PulumiPolicy.yaml"), "utf8"));
  return z.object({ description: z.string() }).parse(project).description;
}

/** One pack's page: an index, and a section for each rule in the pack's order. */
export function rulePage(pack: string, description: string, rules: readonly Rule[]): string {
  const index = rules.map(
    ({ id, severity, enforcement, onUnknown, title }) =>
      `| [${id}](#${id}) | ${prose(title)} | ${severity} | ${enforcement} | ${enforcement === "mandatory" ? onUnknown : "–"} |`,
  );
  return `${[
    `# Rules of ${pack}`,
    `${prose(description)} Written from the rules by \`npm run docs:rules\`; levels and parameters are set as [check](../check.md#configuration) and \`pulumi\` take them.`,
    ["| rule | what | severity | enforcement | unknown |", "|---|---|---|---|---|", ...index].join("\n"),
    ...rules.map(section),
  ].join("\n\n")}\n`;
}

function section(rule: Rule): string {
  const remediation = rule.remediate
    ? ["**Remediation.** With the level `remediate`, where its parameters allow it, it mends the resource itself."]
    : [];
  return [
    `## ${rule.id}`,
    `${prose(rule.title)}.`,
    `Severity ${rule.severity}, ${rule.enforcement}. ${whenUnknown(rule)} ${when(rule)}`,
    `**Why.** ${prose(rule.why)}`,
    `**Fix.** ${prose(rule.fix)}`,
    ...remediation,
    parameterTable(rule),
    `**Looks at** ${rule.types.map((type) => `\`${type}\``).join(", ")}.`,
    `**Read** <${rule.docs}>`,
  ].join("\n\n");
}

function whenUnknown({ enforcement, onUnknown }: Rule): string {
  const does = onUnknown === "fail" ? "refuses the update" : "is only said";
  return enforcement === "mandatory"
    ? `What is not known yet ${does}.`
    : `Nothing that it finds refuses the update; made mandatory, what is not known yet ${does}.`;
}

function when({ checkInStack }: Rule): string {
  return checkInStack
    ? "It is judged with what it depends on, once the whole stack is known."
    : "Each resource is judged by itself.";
}

function parameterTable(rule: Rule): string {
  const rows = Object.entries(ruleParameters(rule)).map(
    ([name, parameter]) =>
      `| \`${name}\` | ${typeOf(parameter)} | ${value(parameter.default)} | ${prose(parameter.description)} |`,
  );
  return ["| parameter | type | default | |", "|---|---|---|---|", ...rows].join("\n");
}

function typeOf({ type, items, enum: allowed }: RuleParameter): string {
  if (allowed) return allowed.map((word) => value(word)).join(" or ");
  return items ? `list of ${items.type}s` : type;
}

/** A value in JSON; code spans of a table keep their pipes escaped. */
function value(given: RuleParameter["default"]): string {
  return `\`${JSON.stringify(given).replaceAll("|", "\\|")}\``;
}

/** Text of a rule, in which Markdown has no say. */
function prose(text: string): string {
  return text.replace(/[*<|]/g, "\\$&");
}

async function main(): Promise<void> {
  const root = path.resolve(__dirname, "..");
  await mkdir(path.join(root, RULE_PAGES), { recursive: true });
  for (const [name, page] of await rulePages(root)) await writeFile(path.join(root, RULE_PAGES, name), page);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
}
