import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";

/** Where the page is committed, and where the limits stand; from the repository's root. */
export const LIMITS_PAGE = "docs/limits.md";
const LIMITS_SOURCE = "contracts/serviceLimits.ts";

/** Units that the names of limits end with, and how a reader writes them. */
const UNITS: readonly (readonly [string, string])[] = [
  ["Seconds", "s"],
  ["Ms", "ms"],
  ["Bytes", "bytes"],
  ["Characters", "characters"],
  ["Length", "characters"],
  ["Days", "days"],
  ["Gb", "GB"],
  ["Mb", "MB"],
];

/** Services and options by the names that they have in the source. */
const TITLES: Readonly<Record<string, string>> = {
  lambda: "Lambda",
  objectLambda: "S3 Object Lambda",
  s3: "S3",
  sagemaker: "SageMaker",
  serving: "Containers that serve",
  options: "Options of inference",
  realTime: "Real time",
  serverless: "Serverless",
  async: "Asynchronous",
  batchTransform: "Batch transform",
  multiContainer: "Several containers, asked one by one",
  inferencePipeline: "Inference pipelines",
  logs: "CloudWatch Logs",
  httpApi: "HTTP APIs of API Gateway",
};

const MEBIBYTE = 1024 * 1024;

type Limit = number | string | readonly unknown[] | { readonly [name: string]: unknown };

/**
 * The page of all limits that the components, the policies and the local plane rely on: values as the code has them,
 * words and sources from the comments beside them.
 * @param root the repository
 */
export async function limitsPage(root: string): Promise<string> {
  const text = await readFile(path.join(root, LIMITS_SOURCE), "utf8");
  const source = ts.createSourceFile(LIMITS_SOURCE, text, ts.ScriptTarget.Latest, true);
  return pageOf(SERVICE_LIMITS, commentsOf(source, "SERVICE_LIMITS"));
}

/** The page of limits and of what is said about each, by its path with dots. */
export function pageOf(limits: { readonly [name: string]: unknown }, comments: ReadonlyMap<string, string>): string {
  const lines = [
    "# Limits of AWS",
    `What components, policies and the local plane hold to, from [\`${LIMITS_SOURCE}\`](../${LIMITS_SOURCE}) by \`npm run docs:limits\`. Read on ${String(limits["readOn"])} unless a section says otherwise. Quotas, which AWS raises on request, are listed for a stack by [\`frugal-ml check\`](check.md#service-quotas).`,
    ...sections(limits, comments, [], 2),
  ];
  return `${lines.join("\n\n")}\n`;
}

function sections(
  group: { readonly [name: string]: unknown },
  comments: ReadonlyMap<string, string>,
  at: readonly string[],
  depth: number,
): readonly string[] {
  const entries = Object.entries(group).filter(([name]) => name !== "readOn");
  const rows = entries.flatMap(([name, value]) =>
    isGroup(value) ? [] : [row(name, value, comments.get([...at, name].join(".")))],
  );
  const table = ["| limit | value | what, and where it is said |", "|---|---|---|", ...rows].join("\n");
  return [
    ...(rows.length > 0 ? [table] : []),
    ...entries.flatMap(([name, value]) => {
      if (!isGroup(value)) return [];
      const inner = [...at, name];
      const comment = comments.get(inner.join("."));
      const read = typeof value["readOn"] === "string" ? [`Read on ${value["readOn"]}.`] : [];
      return [
        `${"#".repeat(depth)} ${TITLES[name] ?? words(name)}`,
        ...(comment === undefined ? [] : [linked(comment)]),
        ...read,
        ...sections(value, comments, inner, depth + 1),
      ];
    }),
  ];
}

/** Whether a value holds limits of its own, and is not one with bounds. */
function isGroup(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("max" in value);
}

function row(name: string, value: unknown, comment = ""): string {
  const [suffix, unit] = UNITS.find(([ending]) => name.endsWith(ending)) ?? ["", ""];
  const label = words(suffix === "Length" ? name : name.slice(0, name.length - suffix.length));
  return `| ${label} | ${written(value as Limit, unit)} | ${linked(comment)} |`;
}

function written(value: Limit, unit: string): string {
  const measured = (text: string): string => (unit === "" ? text : `${text} ${unit}`);
  if (Array.isArray(value)) return measured(value.map(String).join(", "));
  if (typeof value !== "object") {
    if (unit !== "bytes" || typeof value !== "number" || value % MEBIBYTE !== 0) return measured(grouped(value));
    return `${value / MEBIBYTE} MiB`;
  }
  const { min, max, step } = value as { readonly min?: unknown; readonly max?: unknown; readonly step?: unknown };
  const bounds = `${min === undefined ? "at most" : `${grouped(min)} to`} ${grouped(max)}`;
  return `${measured(bounds)}${step === undefined ? "" : ` in steps of ${grouped(step)}`}`;
}

function grouped(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en-US") : String(value);
}

function words(name: string): string {
  const spaced = name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Text in which addresses are links. */
function linked(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replace(/\b(?:docs\.aws\.amazon\.com|github\.com)\/[\w./-]*\w/g, (address) => `<https://${address}>`);
}

/** Comments beside the properties of an object that a constant is, by the properties' paths. */
export function commentsOf(source: ts.SourceFile, constant: string): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  const visit = (object: ts.Expression, at: readonly string[]): void => {
    if (!ts.isObjectLiteralExpression(object)) return;
    for (const property of object.properties) {
      if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) continue;
      const inner = [...at, property.name.text];
      const comment = commentBefore(source, property);
      if (comment !== undefined) comments.set(inner.join("."), comment);
      visit(property.initializer, inner);
    }
  };
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== constant || initializer === undefined) continue;
      visit(ts.isAsExpression(initializer) ? initializer.expression : initializer, []);
    }
  }
  return comments;
}

function commentBefore(source: ts.SourceFile, node: ts.Node): string | undefined {
  const range = ts.getLeadingCommentRanges(source.text, node.pos)?.at(-1);
  if (range === undefined) return undefined;
  const text = source.text.slice(range.pos, range.end);
  return text
    .replace(/^\/\*\*?|\*\/$/g, "")
    .replace(/\n\s*\*/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

async function main(): Promise<void> {
  const root = path.resolve(__dirname, "..");
  await writeFile(path.join(root, LIMITS_PAGE), await limitsPage(root));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
}
