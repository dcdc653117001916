import { type GraphValue, isGraphObject, isUnknown, reveal, UNKNOWN } from "../../contracts/graph";

/** The value at a path below another, without secrecy: undefined when absent, an unknown when a step on the way is one. */
export function valueAt(value: GraphValue | undefined, ...path: readonly (string | number)[]): GraphValue | undefined {
  const known = reveal(value) ?? undefined;
  const [step, ...rest] = path;
  if (step === undefined || known === undefined || isUnknown(known)) return known;
  if (Array.isArray(known)) return valueAt(typeof step === "number" ? known[step] : undefined, ...rest);
  return isGraphObject(known) && Object.hasOwn(known, step) ? valueAt(known[step], ...rest) : undefined;
}

/**
 * The elements of a list, without secrecy, and of what is one element where a list may stand; none when absent. A list
 * that is not known is one element that is not.
 */
export function elementsOf(value: GraphValue | undefined): readonly GraphValue[] {
  const known = reveal(value) ?? undefined;
  if (known === undefined) return [];
  if (!Array.isArray(known)) return [known];
  return known.map((element: GraphValue) => reveal(element) ?? UNKNOWN);
}
