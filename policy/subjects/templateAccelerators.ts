import { type GraphObject, type GraphValue, isGraphObject, reveal, UNKNOWN } from "../../contracts/graph";
import { ACCELERATOR_PLACES } from "./acceleratorPlaces";
import { scan, scanBesideTraining } from "./acceleratorScan";
import { type Sighting, unknownSighting } from "./acceleratorSighting";
import { byTag, type DocumentSighting } from "./callAccelerators";
import { dereferenced, readDocument } from "./hiddenDocument";
import { pipelineAccelerators } from "./pipelineAccelerators";
import { stateMachineAccelerators } from "./stateMachineAccelerators";
import { TAGGED_USES } from "./taggedUses";
import { CLOUDFORMATION_TARGET, targetAccelerators } from "./targetAccelerators";

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
    const parameter = reveal(own(declared, name));
    return own(given, name) ?? (isGraphObject(parameter) ? parameter["Default"] : undefined);
  });
  return [
    ...macroSightings(isGraphObject(known) ? known["Transform"] : undefined, path),
    ...resourcesAccelerators(resolved, `${path}.Resources`, secret),
  ];
}

/** Macros of AWS that add no resource which a template does not describe. */
const PLAIN_MACRO = /^AWS::(?!Include$)/;

function macroSightings(transform: GraphValue | undefined, path: string): readonly Sighting[] {
  const known = reveal(transform) ?? [];
  const macros = (Array.isArray(known) ? known : [known]).map((macro: GraphValue) => reveal(macro));
  if (macros.every((macro) => typeof macro === "string" && PLAIN_MACRO.test(macro))) return [];
  return [unknownSighting(`${path}.Transform`, "a macro, and what it makes of the template cannot be seen")];
}

function resourcesAccelerators(resources: GraphValue, path: string, secret: boolean): readonly DocumentSighting[] {
  if (!isGraphObject(resources)) return [];
  return Object.entries(resources).flatMap(([name, resource]) => {
    const at = `${path}.${name}`;
    const value = reveal(resource);
    // A loop has the name of its variable, what it takes, and the resources of each turn.
    if (name.startsWith("Fn::ForEach::") && Array.isArray(value))
      return resourcesAccelerators(reveal(value[2]) ?? null, `${at}[2]`, secret);
    if (name === "Fn::Transform") return [unknownSighting(at, "resources that a macro makes, so they cannot be seen")];
    const type = isGraphObject(value) ? reveal(value["Type"]) : undefined;
    const properties = isGraphObject(value) ? (value["Properties"] ?? {}) : {};
    return typeof type === "string" ? cloudFormationAccelerators(type, properties, `${at}.Properties`, secret) : [];
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
    case "AWS::Scheduler::Schedule":
      return target(at("Target"), `${path}.Target`, secret);
    case "AWS::Events::Rule":
      return listed(at("Targets")).flatMap((each, index) => target(each, `${path}.Targets[${index}]`, secret));
    case "AWS::CloudFormation::StackSet":
      return [
        ...inner(at("TemplateBody"), `${path}.TemplateBody`, secret, (template, where, hidden) =>
          templateAccelerators(template, {}, where, hidden),
        ),
        ...(at("TemplateURL") === undefined ? [] : [elsewhere(`${path}.TemplateURL`)]),
      ];
    case "AWS::CloudFormation::Stack":
      return [elsewhere(`${path}.TemplateURL`)];
    default: {
      const tagged = TYPES.get(type);
      if (tagged === undefined) return [];
      const seen = scan(properties, path, secret);
      return tagged ? byTag(seen, properties) : seen;
    }
  }
}

function elsewhere(path: string): Sighting {
  return unknownSighting(path, "a template that stands elsewhere, so it cannot be seen");
}

function own(object: GraphObject, name: string): GraphValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function listed(value: GraphValue | undefined): readonly GraphValue[] {
  const known = reveal(value);
  return Array.isArray(known) ? known : [];
}

/** A target whose call is known and whose input an expression makes cannot be told. */
function target(given: GraphValue | undefined, path: string, secret: boolean): readonly DocumentSighting[] {
  const value = reveal(given) ?? null;
  if (!isGraphObject(value) || !isExpression(reveal(value["Input"])))
    return targetAccelerators({ path, value, secret }, CLOUDFORMATION_TARGET);
  return targetAccelerators({ path, value: { ...value, Input: UNKNOWN }, secret }, CLOUDFORMATION_TARGET);
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
  return isExpression(known)
    ? [unknownSighting(path, "made by an expression, so what it starts cannot be seen")]
    : readDocument({ path, value: known, secret }, read);
}

function isExpression(value: GraphValue | undefined): boolean {
  return isGraphObject(value) && Object.keys(value).some((name) => name === "Ref" || name.startsWith("Fn::"));
}

/** Types of CloudFormation that carry a document, in which what starts can hide. */
const DOCUMENT_TYPES: readonly string[] = [
  "AWS::CloudFormation::Stack",
  "AWS::CloudFormation::StackSet",
  "AWS::Events::Rule",
  "AWS::SageMaker::Pipeline",
  "AWS::Scheduler::Schedule",
  "AWS::StepFunctions::StateMachine",
];

/** A resource type of CloudFormation, wherever YAML may write it; `AWS::EC2::Instance::Id` is a parameter's type. */
const YAML_TYPE = /\bAWS::\w+::\w+(?!\w|::)/g;

/**
 * A template that is neither JSON nor YAML that can be read. One that names no type that can ask for an accelerator cannot
 * hide one; of any other it cannot be told.
 */
export function unreadTemplateAccelerators(text: string, path: string): readonly Sighting[] {
  const named = [...text.matchAll(YAML_TYPE)].map(([type]) => type);
  const hides = named.some((type) => TYPES.has(type) || DOCUMENT_TYPES.includes(type));
  if (!hides && named.length > 0) return [];
  return [unknownSighting(path, "neither JSON nor YAML that can be read, so what it starts cannot be seen")];
}
