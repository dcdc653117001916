import { type GraphObject, type GraphValue, isGraphObject, reveal } from "../../contracts/graph";
import { ACCELERATOR_PLACES } from "./acceleratorPlaces";
import { scan, scanBesideTraining } from "./acceleratorScan";
import { type Sighting, unknownSighting } from "./acceleratorSighting";
import { byTag, type DocumentSighting } from "./callAccelerators";
import { dereferenced, readDocument } from "./hiddenDocument";
import { pipelineAccelerators } from "./pipelineAccelerators";
import { stateMachineAccelerators } from "./stateMachineAccelerators";
import { TAGGED_USES } from "./taggedUses";

/** Whether a tag may allow an accelerator, for each of CloudFormation's types that can ask for one. */
const TYPES: ReadonlyMap<string, boolean> = new Map(
  ACCELERATOR_PLACES.flatMap(({ use, cloudFormation }) =>
    cloudFormation.map((type) => [type, TAGGED_USES.includes(use)] as const),
  ),
);

/** Accelerators in a CloudFormation template. Its parameters count as what the stack gives, or as their defaults. */
export function templateAccelerators(
  template: GraphValue,
  given: GraphObject,
  path: string,
  secret: boolean,
): readonly DocumentSighting[] {
  const known = reveal(template);
  const declared = isGraphObject(known) ? reveal(known["Parameters"]) : undefined;
  const resources = isGraphObject(known) ? known["Resources"] : undefined;
  const resolved = dereferenced(resources ?? null, (reference) => {
    const name = reveal(reference["Ref"]);
    if (typeof name !== "string" || !isGraphObject(declared)) return undefined;
    const parameter = reveal(declared[name]);
    return given[name] ?? (isGraphObject(parameter) ? parameter["Default"] : undefined);
  });
  if (!isGraphObject(resolved)) return [];
  return Object.entries(resolved).flatMap(([name, resource]) => {
    const value = reveal(resource);
    const type = isGraphObject(value) ? reveal(value["Type"]) : undefined;
    const properties = isGraphObject(value) ? (value["Properties"] ?? {}) : {};
    return typeof type === "string"
      ? cloudFormationAccelerators(type, properties, `${path}.Resources.${name}.Properties`, secret)
      : [];
  });
}

/** Accelerators in one resource as CloudFormation and Cloud Control describe it. */
export function cloudFormationAccelerators(
  type: string,
  properties: GraphValue,
  path: string,
  secret: boolean,
): readonly DocumentSighting[] {
  const at = (name: string) => (isGraphObject(properties) ? properties[name] : undefined);
  switch (type) {
    case "AWS::SageMaker::TrainingJob":
      return scanBesideTraining(properties, path, secret);
    case "AWS::SageMaker::Pipeline":
      return inner(bodyOf(at("PipelineDefinition")), `${path}.PipelineDefinition`, secret, pipelineAccelerators);
    case "AWS::StepFunctions::StateMachine":
      return ["Definition", "DefinitionString"].flatMap((name) =>
        inner(at(name), `${path}.${name}`, secret, stateMachineAccelerators),
      );
    case "AWS::CloudFormation::Stack":
      return [unknownSighting(`${path}.TemplateURL`, "a template that stands elsewhere, so it cannot be seen")];
    default: {
      const tagged = TYPES.get(type);
      if (tagged === undefined) return [];
      const seen = scan(properties, path, secret);
      return tagged ? byTag(seen, properties) : seen;
    }
  }
}

function bodyOf(definition: GraphValue | undefined): GraphValue | undefined {
  const known = reveal(definition);
  if (!isGraphObject(known)) return known;
  return known["PipelineDefinitionBody"] ?? (known["PipelineDefinitionS3Location"] && { "Fn::Elsewhere": "S3" });
}

function inner(
  value: GraphValue | undefined,
  path: string,
  secret: boolean,
  read: (document: GraphValue, path: string, secret: boolean) => readonly DocumentSighting[],
): readonly DocumentSighting[] {
  const known = reveal(value);
  if (known === undefined || known === null) return [];
  const expression =
    isGraphObject(known) && Object.keys(known).some((name) => name === "Ref" || name.startsWith("Fn::"));
  return expression
    ? [unknownSighting(path, "made by an expression, so what it starts cannot be seen")]
    : readDocument({ path, value: known, secret }, read);
}

/** A resource type of CloudFormation, as a template in YAML names it. */
const YAML_TYPE = /^\s*["']?Type["']?\s*:\s*["']?(AWS::\w+::\w+)/gm;

/**
 * A template in YAML: rules have no parser of it. One that names no type that can ask for an accelerator cannot hide
 * one; of any other it cannot be told.
 */
export function yamlTemplateAccelerators(text: string, path: string): readonly Sighting[] {
  const named = [...text.matchAll(YAML_TYPE)].flatMap(([, type]) => type ?? []);
  const hides = named.some(
    (type) => TYPES.has(type) || /^AWS::(SageMaker::Pipeline|StepFunctions::StateMachine)$/.test(type),
  );
  const macros = /Fn::Transform|^\s*Transform\s*:|AWS::CloudFormation::Stack/m.test(text) || named.length === 0;
  if (!hides && !macros) return [];
  return [unknownSighting(path, "a template in YAML, which is not read; write it in JSON to have it judged")];
}
