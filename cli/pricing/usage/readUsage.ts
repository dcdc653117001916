import { existsSync, readFileSync } from "node:fs";
import { type Document, parseDocument } from "yaml";
import * as z from "zod";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { InvalidInputError, type Problem, printGiven } from "../../../contracts/problems";
import { Range } from "../range";
import { type Usage, usageOf } from "./usage";
import { USAGE_FIELDS, type UsageField } from "./usageFields";

const Amount = z.number().nonnegative().finite();
const Given = z.union([
  Amount.transform((value) => Range.exactly(value)),
  z
    .strictObject({ low: Amount, expected: Amount, high: Amount })
    .refine(({ low, expected, high }) => low <= expected && expected <= high)
    .transform(({ low, expected, high }) => Range.of(low, expected, high)),
]);
const FIGURE = "a number that is not negative, or { low, expected, high } in that order";
const SHARE = "a share from 0 to 1, or { low, expected, high } of such shares in that order";

/**
 * Reads a usage file: YAML, an object of groups, and `resources` for single resources.
 * @throws CannotRunError `UsageNotFound`, or `InvalidUsage` with every problem at once
 */
export function readUsage(file: string): Usage {
  if (!existsSync(file)) throw new CannotRunError("UsageNotFound", `usage ${file}: there is no such file`);
  const document = parseDocument(textOf(file));
  const problems: Problem[] = document.errors.map(({ message, linePos }) => ({
    property: `line ${linePos?.[0].line ?? 1}`,
    given: "something else",
    allowed: `YAML (${message.split("\n")[0]})`,
  }));
  const refuse = (property: string, value: unknown, allowed: string): void =>
    void problems.push({ property, given: printGiven(value), allowed });
  const groups: Record<string, Record<string, Range>> = {};
  const resources: Record<string, Record<string, Range>> = {};
  const content = problems.length === 0 ? contentOf(document, problems) : undefined;
  if (problems.length === 0) {
    for (const [name, value] of entriesOf(content, "file", refuse)) {
      if (name === "resources") {
        for (const [resource, quantities] of entriesOf(value, name, refuse)) {
          resources[resource] = rangesOf(quantities, `resources.${resource}`, undefined, refuse);
        }
        continue;
      }
      const fields = Object.entries(USAGE_FIELDS).find(([group]) => group === name)?.[1];
      if (fields) groups[name] = rangesOf(value, name, fields, refuse);
      else refuse(name, value, `one of ${[...Object.keys(USAGE_FIELDS), "resources"].join(", ")}`);
    }
  }
  if (problems.length > 0)
    throw new CannotRunError("InvalidUsage", new InvalidInputError(`usage ${file}`, problems).message);
  return usageOf({ groups, resources });
}

/** @throws CannotRunError `InvalidUsage` for what is there and is no file that can be read */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("InvalidUsage", `usage ${file} cannot be read: ${reason}`, { cause });
  }
}

/** What a document says. Aliases are followed only here: one may have no anchor, or be one of too many. */
function contentOf(document: Document, problems: Problem[]): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({ property: "file", given: "something else", allowed: `YAML (${reason})` });
    return undefined;
  }
}

type Refuse = (property: string, value: unknown, allowed: string) => void;

function entriesOf(value: unknown, property: string, refuse: Refuse): readonly (readonly [string, unknown])[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "object" && !Array.isArray(value)) return Object.entries(value);
  refuse(property, value, "an object");
  return [];
}

function rangesOf(
  value: unknown,
  property: string,
  fields: Readonly<Record<string, UsageField>> | undefined,
  refuse: Refuse,
): Record<string, Range> {
  const ranges: Record<string, Range> = {};
  for (const [name, given] of entriesOf(value, property, refuse)) {
    const field = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (fields && !field) {
      refuse(`${property}.${name}`, given, `one of ${Object.keys(fields).join(", ")}`);
      continue;
    }
    const read = Given.safeParse(given);
    if (read.success && !(field?.share && read.data.high.toNumber() > 1)) ranges[name] = read.data;
    else refuse(`${property}.${name}`, given, field?.share ? SHARE : FIGURE);
  }
  return ranges;
}
