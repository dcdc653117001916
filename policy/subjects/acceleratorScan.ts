import { type GraphValue, isGraphObject, isUnknown, Secret } from "../../contracts/graph";
import { ACCELERATOR_PLACES } from "./acceleratorPlaces";
import { READINGS } from "./acceleratorReading";
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

/** Suffix with which Step Functions marks a value that a path selects from the state's input. */
const SELECTED = /\.\$$/;

/** Every accelerator in a document or in an API call, however deep: a property's name decides how it is read. */
export function scan(value: GraphValue, path: string, secret: boolean): readonly Sighting[] {
  if (value instanceof Secret) return scan(value.value, path, true);
  if (Array.isArray(value)) {
    return value.flatMap((element: GraphValue, index) => below(element, `${path}[${index}]`, secret));
  }
  if (!isGraphObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const key = name.toLowerCase();
    const at = `${path}.${name}`;
    if (ASIDE.includes(key)) return [];
    if (SELECTED.test(name)) return READINGS.get(key.replace(SELECTED, ""))?.("{% selected %}", at, secret) ?? [];
    const read = READINGS.get(key)?.(inner, at, secret) ?? [];
    return [...read, ...(LEADING.has(key) ? below(inner, at, secret) : scan(inner, at, secret))];
  });
}

/** What a training job starts beside itself. */
export function scanBesideTraining(call: GraphValue, path: string, secret: boolean): readonly Sighting[] {
  if (call instanceof Secret) return scanBesideTraining(call.value, path, true);
  if (!isGraphObject(call)) return [];
  return Object.entries(call).flatMap(([name, inner]) =>
    BESIDE_TRAINING.includes(name.toLowerCase()) ? below(inner, `${path}.${name}`, secret) : [],
  );
}

function below(value: GraphValue, path: string, secret: boolean): readonly Sighting[] {
  return isUnknown(value) ? [unknownSighting(path)] : scan(value, path, secret);
}
