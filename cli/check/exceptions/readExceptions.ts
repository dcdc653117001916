import { existsSync, readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { InvalidInputError, type Problem, printGiven } from "../../../contracts/problems";
import { repositoryOf } from "../../graph/sourceLocation";
import type { Exception, ExceptionFile } from "./exception";

/** What every exception says; each is a text that is not empty. */
const FIELDS = ["rule", "resource", "owner", "reason", "expires"] as const;
type Field = (typeof FIELDS)[number];

/**
 * Reads exceptions: a YAML list of objects with `rule`, `resource`, `owner`, `reason` and `expires`.
 * @throws CannotRunError `ExceptionsNotFound`, or `InvalidExceptions` with every problem and its line
 */
export function readExceptions(path: string): ExceptionFile {
  const absolute = resolve(path);
  if (!existsSync(absolute))
    throw new CannotRunError("ExceptionsNotFound", `exceptions ${path}: there is no such file`);
  const lines = new LineCounter();
  const document = parseDocument(textOf(absolute, path), { lineCounter: lines });
  const lineOf = (node: unknown): number => {
    const { range } = isNode(node) ? node : { range: undefined };
    return range ? lines.linePos(range[0]).line : 1;
  };
  const problems: Problem[] = document.errors.map(({ message, linePos }) => ({
    property: `line ${linePos?.[0].line ?? 1}`,
    given: "something else",
    allowed: `YAML (${message.split("\n")[0]})`,
  }));
  const exceptions: Exception[] = [];
  const { contents } = document;
  if (problems.length === 0 && isSeq(contents)) {
    for (const item of contents.items) {
      const exception = isMap(item)
        ? readException(item, (node) => (isAlias(node) ? node.resolve(document) : node), lineOf, problems)
        : undefined;
      if (exception) exceptions.push(exception);
      else if (!isMap(item)) problems.push(notAnObject(lineOf(item)));
    }
  } else if (problems.length === 0 && !isEmpty(contents)) {
    problems.push({ property: `line ${lineOf(contents)}`, given: "something else", allowed: "a list of exceptions" });
  }
  if (problems.length > 0) {
    throw new CannotRunError("InvalidExceptions", new InvalidInputError(`exceptions ${path}`, problems).message);
  }
  return {
    file: relative(repositoryOf(resolve(absolute, "..")), absolute)
      .split(sep)
      .join("/"),
    exceptions,
  };
}

function textOf(absolute: string, path: string): string {
  try {
    return readFileSync(absolute, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("InvalidExceptions", `exceptions ${path} cannot be read: ${reason}`, { cause });
  }
}

function readException(
  item: YAMLMap,
  resolved: (node: unknown) => unknown,
  lineOf: (node: unknown) => number,
  problems: Problem[],
): Exception | undefined {
  const before = problems.length;
  const line = lineOf(item);
  const found = new Map<string, { readonly value: unknown; readonly line: number }>();
  for (const { key, value: written } of item.items) {
    const value = resolved(written);
    const name = isScalar(key) ? String(key.value) : "";
    const at = lineOf(key);
    if (FIELDS.some((field) => field === name))
      found.set(name, { value: isScalar(value) ? value.value : value, line: at });
    else
      problems.push({
        property: `line ${at}, ${name}`,
        given: printGiven(name),
        allowed: `one of ${FIELDS.join(", ")}`,
      });
  }
  const read = (field: Field): string => {
    const { value, line: at } = found.get(field) ?? { value: undefined, line };
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    const given = typeof value === "object" && value !== null ? "an object" : printGiven(value);
    problems.push({ property: `line ${at}, ${field}`, given, allowed: ALLOWED[field] });
    return "";
  };
  const exception: Exception = {
    rule: read("rule"),
    resource: read("resource"),
    owner: read("owner"),
    reason: read("reason"),
    expires: read("expires"),
    line,
  };
  const refuse = (field: Field): void => {
    const property = `line ${found.get(field)?.line ?? line}, ${field}`;
    problems.push({ property, given: printGiven(exception[field]), allowed: ALLOWED[field] });
  };
  if (problems.length > before) return undefined;
  if (exception.rule !== "*" && exception.rule.includes("*")) refuse("rule");
  if (exception.rule === "*" && isBroad(exception.resource)) refuse("resource");
  if (!isDay(exception.expires)) refuse("expires");
  return problems.length > before ? undefined : exception;
}

const ALLOWED: Readonly<Record<Field, string>> = {
  rule: "the id of a rule, or * for every rule of a resource that is named",
  resource: "a URN or type::name, * in it for any text; only with a rule's id may it be * alone",
  owner: "who answers for it",
  reason: "why it is right here",
  expires: "the last day, as YYYY-MM-DD",
};

/** True when nothing in a pattern names a resource, so that it would match about any. */
function isBroad(resource: string): boolean {
  return resource.replace(/^urn:pulumi:/, "").replace(/[*:$/]/g, "") === "";
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "range" in value;
}

function isEmpty(contents: unknown): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function notAnObject(line: number): Problem {
  return { property: `line ${line}`, given: "something else", allowed: `an object of ${FIELDS.join(", ")}` };
}
