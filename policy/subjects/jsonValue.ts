import { type GraphValue, reveal } from "../../contracts/graph";

/** What a JSON text says: unknown when the text is, undefined when it is absent or no JSON. A value stays as it is. */
export function jsonValue(text: GraphValue | undefined): GraphValue | undefined {
  const known = reveal(text) ?? undefined;
  if (typeof known !== "string") return known;
  return parsedJson(known);
}

/** Deepest nesting that is read: no service takes a document of so many levels, and deeper ones end the stack. */
const MOST_LEVELS = 200;

/** What a JSON text says; undefined when it is none, or nests deeper than anything that a service takes. */
export function parsedJson(text: string): GraphValue | undefined {
  try {
    const parsed: GraphValue = JSON.parse(text);
    return nestsWithin(parsed, MOST_LEVELS) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function nestsWithin(value: GraphValue, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => nestsWithin(inner, levels - 1));
}
