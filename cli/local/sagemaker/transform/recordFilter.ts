import { isJsonObject, type JsonValue } from "../jsonValue";

/** One step of a path: names or numbers that are chosen, or a range of numbers. */
type Step = { readonly chosen: readonly (string | number)[] } | { readonly from: number; readonly to?: number };

/** What is understood of JSONPath: the part that batch transform documents, without search, wildcards and conditions. */
const PARTS =
  /\.([A-Za-z_][\w-]*)|\[\s*(-?\d+)?\s*:\s*(-?\d+)?\s*\]|\[\s*((?:-?\d+|'[^']*'|"[^"]*")(?:\s*,\s*(?:-?\d+|'[^']*'|"[^"]*"))*)\s*\]/y;

/** What is wrong with a path; undefined when it can be used here. */
export function filterProblem(path: string): string | undefined {
  if (steps(path) !== undefined) return undefined;
  return "must be a JSONPath of names, numbers and ranges, such as $, $.features, $['id','score'], $[1:] or $[0,-1]: wildcards, conditions and searches are not emulated here";
}

/**
 * What a path chooses of a record
 * (docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html).
 * @returns undefined when it chooses nothing
 */
export function filtered(path: string, record: JsonValue): JsonValue | undefined {
  let value: JsonValue | undefined = record;
  for (const step of steps(path) ?? []) {
    if (value === undefined) return undefined;
    value = "chosen" in step ? chosenOf(value, step.chosen) : rangeOf(value, step);
  }
  return value;
}

function chosenOf(value: JsonValue, names: readonly (string | number)[]): JsonValue | undefined {
  const found = names.flatMap((name): [string | number, JsonValue][] => {
    const item = itemOf(value, name);
    return item === undefined ? [] : [[name, item]];
  });
  if (names.length === 1) return found[0]?.[1];
  if (found.length === 0) return undefined;
  return isJsonObject(value) ? Object.fromEntries(found) : found.map(([, item]) => item);
}

function itemOf(value: JsonValue, name: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return typeof name === "number" ? value.at(name) : undefined;
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
  return value[name];
}

function rangeOf(
  value: JsonValue,
  { from, to }: { readonly from: number; readonly to?: number },
): JsonValue | undefined {
  return Array.isArray(value) ? value.slice(from, to) : undefined;
}

/** The steps of a path; undefined when it is none that is understood. */
function steps(path: string): readonly Step[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const found: Step[] = [];
  PARTS.lastIndex = 1;
  while (PARTS.lastIndex < path.length) {
    const [part, name, from, to, list] = PARTS.exec(path) ?? [];
    if (part === undefined) return undefined;
    if (name !== undefined) found.push({ chosen: [name] });
    else if (list !== undefined) found.push({ chosen: listed(list) });
    else found.push({ from: Number(from ?? 0), ...(to !== undefined && { to: Number(to) }) });
  }
  return found;
}

function listed(list: string): (string | number)[] {
  const items = list.match(/-?\d+|'[^']*'|"[^"]*"/g) ?? [];
  return items.map((item) => (/^['"]/.test(item) ? item.slice(1, -1) : Number(item)));
}
