import { type GraphValue, isGraphObject, isUnknown, Secret } from "../../contracts/graph";

/** A value at a place, and whether it or anything around it is secret. */
export interface PlacedValue {
  readonly path: string;
  readonly value: GraphValue;
  readonly secret: boolean;
}

/**
 * The values at a path such as `overrides[*].instanceType`. A value that is not known yet ends the path where it stands.
 * `[*]` is every element of a list, or the value itself where it is none: packages disagree whether a single one is listed.
 */
export function valuesAt(root: GraphValue | undefined, segments: readonly string[]): readonly PlacedValue[] {
  let found: readonly PlacedValue[] = root === undefined ? [] : [revealed({ path: "", value: root, secret: false })];
  for (const segment of segments) {
    found = found.flatMap((place) => {
      if (isUnknown(place.value)) return [place];
      return segment === "[*]" ? elements(place) : member(place, segment);
    });
    if (found.length === 0) return found;
  }
  return found;
}

/** A path taken apart once, so that it need not be at every resource. */
export function pathSegments(path: string): readonly string[] {
  return path.split(/\.|(?=\[\*\])/);
}

function elements({ path, value, secret }: PlacedValue): readonly PlacedValue[] {
  if (!Array.isArray(value)) return [{ path, value, secret }];
  return value.map((element: GraphValue, index) => revealed({ path: `${path}[${index}]`, value: element, secret }));
}

function member({ path, value, secret }: PlacedValue, name: string): readonly PlacedValue[] {
  const inner = isGraphObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  if (inner === undefined || inner === null) return [];
  return [revealed({ path: path === "" ? name : `${path}.${name}`, value: inner, secret })];
}

function revealed(place: PlacedValue): PlacedValue {
  return place.value instanceof Secret ? revealed({ ...place, value: place.value.value, secret: true }) : place;
}
