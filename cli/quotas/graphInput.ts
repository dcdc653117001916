import { type GraphObject, type GraphValue, isGraphObject, reveal } from "../../contracts/graph";

/** The value at a path of property names, without its secrecy; undefined when it is absent or not known. */
export function inputAt(inputs: GraphValue | undefined, ...path: readonly string[]): GraphValue | undefined {
  return path.reduce<GraphValue | undefined>((value, name) => {
    const object = reveal(value);
    return isGraphObject(object) ? object[name] : undefined;
  }, reveal(inputs));
}

/** The text at a path. */
export function textAt(inputs: GraphValue | undefined, ...path: readonly string[]): string | undefined {
  const value = reveal(inputAt(inputs, ...path));
  return typeof value === "string" ? value : undefined;
}

/** The number at a path. */
export function numberAt(inputs: GraphValue | undefined, ...path: readonly string[]): number | undefined {
  const value = reveal(inputAt(inputs, ...path));
  return typeof value === "number" ? value : undefined;
}

/** The objects of a list at a path; a single object counts as a list of one. */
export function objectsAt(inputs: GraphValue | undefined, ...path: readonly string[]): readonly GraphObject[] {
  const value = reveal(inputAt(inputs, ...path));
  const items: readonly GraphValue[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return items.map(reveal).filter(isGraphObject);
}
