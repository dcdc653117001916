import { type GraphObject, type GraphValue, isGraphObject, isUnknown, Secret } from "../../contracts/graph";
import { ACCELERATOR_PLACES } from "./acceleratorPlaces";
import { byExpression, isExpression, READINGS, type Reading } from "./acceleratorReading";
import { type Sighting, unknownSighting } from "./acceleratorSighting";

/** Properties that compare, or that describe training, which may have an accelerator; in lower case. */
const ASIDE: readonly string[] = [
  "baselineperformancefactors",
  "trainingjobdefinition",
  "trainingjobdefinitions",
  "trainingspecification",
];

/** Properties of a training job that start processing jobs beside it, in lower case. */
const BESIDE_TRAINING: readonly string[] = ["debugruleconfigurations", "profilerruleconfigurations"];

/** Names that lead to an accelerator somewhere, in lower case: an unknown under one of them may hide it. */
const LEADING = new Set(
  ACCELERATOR_PLACES.flatMap(({ paths }) => paths.flatMap((path) => path.toLowerCase().split(/\.|\[\*\]\.?/))),
);

/** Leads to a build's type in CodeBuild, and is the variables of a container everywhere else. */
const VARIABLES = "environment";

/** What a property's name says of its value. */
interface NameMeaning {
  readonly reading: Reading | undefined;
  readonly leads: boolean;
  readonly aside: boolean;
  /** Step Functions marks so a value that a path selects from the state's input. */
  readonly selected: boolean;
}

const meanings = new Map<string, NameMeaning>();

/** Every accelerator in a document or in an API call, however deep: a property's name decides how it is read. */
export function scan(value: GraphValue, path: string, secret: boolean): readonly Sighting[] {
  const sightings: Sighting[] = [];
  collect(value, path, secret, sightings);
  return sightings;
}

function collect(value: GraphValue, path: string, secret: boolean, into: Sighting[]): void {
  if (value instanceof Secret) {
    collect(value.value, path, true, into);
  } else if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) below(element, `${path}[${index}]`, secret, into);
  } else if (isGraphObject(value)) {
    collectMembers(value, path, secret, into);
  }
}

function collectMembers(value: GraphObject, path: string, secret: boolean, into: Sighting[]): void {
  for (const [name, inner] of Object.entries(value)) {
    const { reading, leads, aside, selected } = meaningOf(name);
    if (aside) continue;
    if (reading) into.push(...reading(selected ? "{% selected %}" : inner, `${path}.${name}`, secret));
    if (leads && !reading && (selected || isExpression(inner))) into.push(byExpression(`${path}.${name}`));
    if (selected || typeof inner !== "object") continue;
    if (leads) below(inner, `${path}.${name}`, secret, into);
    else collect(inner, `${path}.${name}`, secret, into);
  }
}

function meaningOf(name: string): NameMeaning {
  const known = meanings.get(name);
  if (known) return known;
  const selected = name.endsWith(".$");
  const key = (selected ? name.slice(0, -2) : name).toLowerCase();
  const meaning = {
    reading: READINGS.get(key),
    leads: LEADING.has(key) && key !== VARIABLES,
    aside: ASIDE.includes(key),
    selected,
  };
  meanings.set(name, meaning);
  return meaning;
}

/** What a training job starts beside itself. */
export function scanBesideTraining(call: GraphValue, path: string, secret: boolean): readonly Sighting[] {
  if (call instanceof Secret) return scanBesideTraining(call.value, path, true);
  const sightings: Sighting[] = [];
  for (const [name, inner] of isGraphObject(call) ? Object.entries(call) : []) {
    if (BESIDE_TRAINING.includes(name.toLowerCase())) below(inner, `${path}.${name}`, secret, sightings);
  }
  return sightings;
}

function below(value: GraphValue, path: string, secret: boolean, into: Sighting[]): void {
  if (isUnknown(value)) into.push(unknownSighting(path));
  else collect(value, path, secret, into);
}
