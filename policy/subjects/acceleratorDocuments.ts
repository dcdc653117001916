import { type GraphObject, type GraphValue, isGraphObject, reveal } from "../../contracts/graph";
import type { AcceleratorUse } from "./acceleratorPlaces";
import { scan } from "./acceleratorScan";
import { type Sighting, unknownSighting } from "./acceleratorSighting";
import { byTag, type DocumentSighting } from "./callAccelerators";
import { tokensOfCloudFormation } from "./cloudFormationType";
import { readDocument } from "./hiddenDocument";
import { pipelineAccelerators } from "./pipelineAccelerators";
import { pathSegments, valuesAt } from "./propertyPath";
import { stateMachineAccelerators } from "./stateMachineAccelerators";
import { targetAccelerators } from "./targetAccelerators";
import { cloudFormationAccelerators, templateAccelerators, unreadTemplateAccelerators } from "./templateAccelerators";
import { yamlTemplate } from "./yamlTemplate";

/** A kind of resource that carries a document in which accelerators can hide. */
export interface Documents {
  readonly use: AcceleratorUse;
  readonly types: readonly string[];
  see(inputs: GraphObject): readonly DocumentSighting[];
}

type Reader = (document: GraphValue, path: string, secret: boolean) => readonly DocumentSighting[];

/** Every document in which an accelerator can hide. */
export const ACCELERATOR_DOCUMENTS: readonly Documents[] = [
  {
    use: "pipeline",
    types: ["aws:sagemaker/pipeline:Pipeline", ...tokensOfCloudFormation("AWS::SageMaker::Pipeline")],
    see: (inputs) => [
      ...read(inputs, "pipelineDefinition", (definition, path, secret) =>
        isGraphObject(definition) && "pipelineDefinitionBody" in definition
          ? read(definition, "pipelineDefinitionBody", pipelineAccelerators, path, secret)
          : isGraphObject(definition) && "pipelineDefinitionS3Location" in definition
            ? elsewhere(definition, "pipelineDefinitionS3Location", `${path}.`)
            : pipelineAccelerators(definition, path, secret),
      ),
      ...elsewhere(inputs, "pipelineDefinitionS3Location"),
    ],
  },
  {
    use: "stateMachine",
    types: ["aws:sfn/stateMachine:StateMachine", ...tokensOfCloudFormation("AWS::StepFunctions::StateMachine")],
    see: (inputs) => [
      ...["definition", "definitionString"].flatMap((name) => read(inputs, name, stateMachineAccelerators)),
      ...elsewhere(inputs, "definitionS3Location"),
    ],
  },
  {
    use: "schedule",
    types: ["aws:scheduler/schedule:Schedule", ...tokensOfCloudFormation("AWS::Scheduler::Schedule")],
    see: (inputs) => valuesAt(inputs, ["target"]).flatMap((target) => targetAccelerators(target)),
  },
  {
    use: "schedule",
    types: ["aws:cloudwatch/eventTarget:EventTarget"],
    see: (inputs) => targetAccelerators({ path: "", value: inputs, secret: false }),
  },
  {
    use: "schedule",
    types: tokensOfCloudFormation("AWS::Events::Rule"),
    see: (inputs) => valuesAt(inputs, ["targets", "[*]"]).flatMap((target) => targetAccelerators(target)),
  },
  {
    use: "template",
    types: [
      "aws:cloudformation/stack:Stack",
      "aws:cloudformation/stackSet:StackSet",
      ...tokensOfCloudFormation("AWS::CloudFormation::Stack"),
      ...tokensOfCloudFormation("AWS::CloudFormation::StackSet"),
    ],
    see: (inputs) => [...stackAccelerators(inputs), ...elsewhere(inputs, "templateUrl")],
  },
  {
    use: "template",
    types: ["aws:cloudcontrol/resource:Resource"],
    see: (inputs) =>
      read(inputs, "desiredState", (state, path, secret) => {
        const type = reveal(inputs["typeName"]);
        return typeof type === "string"
          ? cloudFormationAccelerators(type, state, path, secret)
          : [unknownSighting("typeName", "not known yet, so it cannot be told what the desired state means")];
      }),
  },
  {
    use: "container",
    types: ["aws:batch/jobDefinition:JobDefinition"],
    see: (inputs) =>
      ["containerProperties", "nodeProperties", "ecsProperties"].flatMap((name) => read(inputs, name, tagless)),
  },
  {
    use: "container",
    types: ["aws:ecs/taskDefinition:TaskDefinition"],
    see: (inputs) => read(inputs, "containerDefinitions", tagless),
  },
];

/** Accelerators in a text whose tags are its resource's. */
const tagless: Reader = (document, path, secret) => byTag(scan(document, path, secret), null);

function read(
  inputs: GraphObject,
  name: string,
  reader: Reader,
  prefix = "",
  secret = false,
): readonly DocumentSighting[] {
  return valuesAt(inputs, [name]).flatMap((place) =>
    readDocument(
      {
        path: prefix === "" ? place.path : `${prefix}.${place.path}`,
        value: place.value,
        secret: secret || place.secret,
      },
      reader,
    ),
  );
}

function elsewhere(inputs: GraphObject, name: string, prefix = ""): readonly Sighting[] {
  const value = reveal(inputs[name]);
  const absent = value === undefined || value === null;
  return absent ? [] : [unknownSighting(`${prefix}${name}`, "a document that stands elsewhere, so it cannot be seen")];
}

function stackAccelerators(inputs: GraphObject): readonly DocumentSighting[] {
  const given = stackParameters(reveal(inputs["parameters"]));
  return valuesAt(inputs, pathSegments("templateBody")).flatMap((place) => {
    const text = reveal(place.value);
    if (typeof text !== "string" || text.trimStart().startsWith("{"))
      return readDocument(place, (template, path, secret) => templateAccelerators(template, given, path, secret));
    const template = yamlTemplate(text);
    return isGraphObject(template)
      ? templateAccelerators(template, given, `${place.path}:$`, place.secret)
      : unreadTemplateAccelerators(text, place.path);
  });
}

/** Parameters of a stack as a map, and of a stack set as the list that CloudFormation's API takes. */
function stackParameters(parameters: GraphValue | undefined): GraphObject {
  if (isGraphObject(parameters)) return parameters;
  if (!Array.isArray(parameters)) return {};
  return Object.fromEntries(
    parameters.flatMap((element: GraphValue) => {
      const entry = reveal(element);
      const name = isGraphObject(entry) ? reveal(entry["parameterKey"]) : undefined;
      return isGraphObject(entry) && typeof name === "string" ? [[name, entry["parameterValue"] ?? null]] : [];
    }),
  );
}
