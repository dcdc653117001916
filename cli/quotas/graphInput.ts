import { type GraphObject, type GraphValue, isGraphObject } from "../../contracts/graph";

/**
 * The value at a path of property names; undefined when it is absent, and when it is inside something secret or not
 * known. A list of quotas is printed, so that no secret may reach it.
 */
export function inputAt(inputs: GraphValue | undefined, ...path: readonly string[]): GraphValue | undefined {
  return path.reduce<GraphValue | undefined>((value, name) => (isGraphObject(value) ? value[name] : undefined), inputs);
}

/** The text at a path. */
export function textAt(inputs: GraphValue | undefined, ...path: readonly string[]): string | undefined {
  const value = inputAt(inputs, ...path);
  return typeof value === "string" ? value : undefined;
}

/** The number at a path. */
export function numberAt(inputs: GraphValue | undefined, ...path: readonly string[]): number | undefined {
  const value = inputAt(inputs, ...path);
  return typeof value === "number" ? value : undefined;
}

/** The objects of a list at a path; a single object counts as a list of one. */
export function objectsAt(inputs: GraphValue | undefined, ...path: readonly string[]): readonly GraphObject[] {
  const value = inputAt(inputs, ...path);
  const items: readonly GraphValue[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return items.filter(isGraphObject);
}
