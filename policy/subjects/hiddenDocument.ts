import { type GraphValue, isGraphObject, isUnknown, Secret } from "../../contracts/graph";
import { type Sighting, unknownSighting } from "./acceleratorSighting";
import { parsedJson } from "./jsonValue";
import type { PlacedValue } from "./propertyPath";

/**
 * Reads a document that hides in a property, as JSON text or as a value where the provider takes one.
 * @param read what it says, once it is known; its path is the property's and `:$`
 * @returns that it is unknown when it is not known yet, or is no JSON
 */
export function readDocument<S extends Sighting>(
  { path, value, secret }: PlacedValue,
  read: (document: GraphValue, path: string, secret: boolean) => readonly S[],
): readonly (S | Sighting)[] {
  if (value instanceof Secret) return readDocument({ path, value: value.value, secret: true }, read);
  if (isUnknown(value)) return [unknownSighting(path, "not known yet, so what it starts cannot be seen")];
  if (typeof value !== "string") return isGraphObject(value) || Array.isArray(value) ? read(value, path, secret) : [];
  const document = parsedJson(value);
  return document === undefined
    ? [unknownSighting(path, "no JSON that can be read, so what it starts cannot be seen")]
    : read(document, `${path}:$`, secret);
}

/** A document with its references replaced by what they stand for, as far as that is known. */
export function dereferenced(
  value: GraphValue,
  resolve: (reference: { readonly [key: string]: GraphValue }) => GraphValue | undefined,
): GraphValue {
  if (value instanceof Secret) return new Secret(dereferenced(value.value, resolve));
  if (Array.isArray(value)) return value.map((element: GraphValue) => dereferenced(element, resolve));
  if (!isGraphObject(value)) return value;
  return (
    resolve(value) ??
    Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, dereferenced(inner, resolve)]))
  );
}
