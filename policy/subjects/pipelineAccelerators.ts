import { type GraphObject, type GraphValue, isGraphObject, isUnknown, reveal } from "../../contracts/graph";
import { scan, scanBesideTraining } from "./acceleratorScan";
import { type Sighting, unknownSighting } from "./acceleratorSighting";
import { dereferenced } from "./hiddenDocument";

/**
 * Accelerators in a SageMaker pipeline's definition, steps that train or tune apart. A parameter counts as its default
 * (aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema).
 */
export function pipelineAccelerators(definition: GraphValue, path: string, secret: boolean): readonly Sighting[] {
  const known = reveal(definition);
  if (!isGraphObject(known)) return [unknownSighting(path, "no pipeline definition, so its steps cannot be seen")];
  const defaults = parameterDefaults(known["Parameters"]);
  const steps = known["Steps"] ?? [];
  const resolve = (reference: GraphObject) => {
    const name = reveal(reference["Get"]);
    return typeof name === "string" && name.startsWith("Parameters.") ? defaults.get(name.slice(11)) : undefined;
  };
  return stepsAccelerators(defaults.size > 0 ? dereferenced(steps, resolve) : steps, `${path}.Steps`, secret);
}

function parameterDefaults(parameters: GraphValue | undefined): ReadonlyMap<string, GraphValue> {
  const listed = reveal(parameters);
  const entries = Array.isArray(listed) ? listed.map((entry: GraphValue) => reveal(entry)).filter(isGraphObject) : [];
  return new Map(
    entries.flatMap((entry) => {
      const name = reveal(entry["Name"]);
      const value = entry["DefaultValue"];
      return typeof name === "string" && value !== undefined ? [[name, value] as const] : [];
    }),
  );
}

function stepsAccelerators(steps: GraphValue, path: string, secret: boolean): readonly Sighting[] {
  const listed = reveal(steps);
  if (isUnknown(listed)) return [unknownSighting(path)];
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((element: GraphValue, index) => {
    const at = `${path}[${index}]`;
    const step = reveal(element);
    if (isUnknown(step)) return [unknownSighting(at)];
    return isGraphObject(step) ? stepAccelerators(step, at, secret) : [];
  });
}

function stepAccelerators(
  step: { readonly [key: string]: GraphValue },
  path: string,
  secret: boolean,
): readonly Sighting[] {
  const { Type: type, Arguments: call = null, ...rest } = step;
  const at = `${path}.Arguments`;
  switch (reveal(type)) {
    case "Training":
      return scanBesideTraining(call, at, secret);
    case "Tuning":
      return [];
    case "Condition": {
      const known = reveal(call);
      const lists = isGraphObject(known) ? known : {};
      return ["IfSteps", "ElseSteps"].flatMap((name) => stepsAccelerators(lists[name] ?? [], `${at}.${name}`, secret));
    }
    default:
      return [...scan(call, at, secret), ...scan(rest, path, secret)];
  }
}
