import type { InstanceFamily } from "../../contracts/instanceFamilies";
import type { Finding } from "../../contracts/rule";
import { DEVICES } from "./acceleratedType";

/** An accelerator that was seen at a place, or a place of which it cannot be told. */
export interface Sighting {
  readonly status: Finding["status"];
  /** Where, for example `productionVariants[0].instanceType` or `definition:$.States.Score.Parameters.InstanceType`. */
  readonly path: string;
  /** What it is, in our own words: nothing that was given is in it, since it may be secret. */
  readonly what: string;
}

/** Families that a sentence names at most. */
const MOST_NAMES = 3;

/** An accelerated type, named by its families unless the value is secret. */
export function acceleratedSighting(path: string, families: readonly InstanceFamily[], secret: boolean): Sighting {
  if (secret) return { status: "fail", path, what: "an accelerated instance type" };
  const names = families.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = families.length > names.length ? " and others" : "";
  const [device] = families.flatMap(({ accelerator }) => accelerator ?? []);
  const one =
    names.length === 1 && device ? `an instance of family ${names[0]}, which has ${DEVICES[device]}` : undefined;
  return { status: "fail", path, what: one ?? `may choose accelerated families: ${names.join(", ")}${more}` };
}

/** A place whose value only the cloud will tell. */
export function unknownSighting(path: string, what = "not known yet"): Sighting {
  return { status: "unknown", path, what };
}

/** Sightings once each: several places lead through the same unknown. */
export function distinct<S extends Sighting>(sightings: readonly S[]): readonly S[] {
  const seen = new Set<string>();
  return sightings.filter(({ status, path }) => {
    const key = `${status} ${path}`;
    return !seen.has(key) && seen.add(key);
  });
}
