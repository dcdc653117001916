import { type GraphValue, reveal } from "../../contracts/graph";

/** What a JSON text says: unknown when the text is, undefined when it is absent or no JSON. A value stays as it is. */
export function jsonValue(text: GraphValue | undefined): GraphValue | undefined {
  const known = reveal(text) ?? undefined;
  if (typeof known !== "string") return known;
  try {
    const parsed: GraphValue = JSON.parse(known);
    return parsed;
  } catch {
    return undefined;
  }
}
