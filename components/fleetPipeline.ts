import {
  CONTAINER_ROOT,
  FleetCommand,
  FleetEnvironment,
  ProcessingFolder,
  RESULTS_FOLDER,
  SERIES_CHANNEL,
} from "../contracts/fleetContainer";
import { FleetFolder, PipelineParameter } from "../contracts/fleetLayout";
import { InvalidInputError } from "../contracts/problems";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import {
  EXECUTION,
  type FleetPipelineSubject,
  joined,
  numberedParameter,
  type PipelineText,
  type PipelineVariable,
  parameter,
  parameterNames,
} from "./fleetParameters";
import { type PipelineStep, processingStep, trainingStep } from "./fleetSteps";

/** Names of the steps. */
export const FleetStep = { Split: "Split", Train: "Train", Publish: "Publish" } as const;

function inFleet(...rest: readonly (string | PipelineVariable)[]): PipelineText {
  return joined(parameter(PipelineParameter.FleetUri), ...rest);
}

const inRun = (folder: string): PipelineText => inFleet(FleetFolder.Runs, EXECUTION, `/${folder}/`);
const VERSION_URI = inFleet(FleetFolder.Models, EXECUTION, "/");

/**
 * The definition of a fleet's pipeline as JSON (aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema).
 * ARNs, addresses and the image are parameters without defaults: one unknown in a JSON text makes all of it unknown, and
 * then no preview could show what an edit changes.
 * @throws InvalidInputError when it is longer than SageMaker takes
 */
export function fleetPipelineDefinition(subject: FleetPipelineSubject): string {
  const definition = JSON.stringify({
    Version: "2020-12-01",
    Metadata: {},
    Parameters: parameterNames(subject).map((Name) => ({ Name, Type: "String" })),
    Steps: subject.split ? [splitStep(subject), trainStep(subject), publishStep(subject)] : [trainStep(subject)],
  });
  const most = SERVICE_LIMITS.sagemaker.pipelineDefinitionCharacters;
  if (definition.length > most) {
    const problem = { given: `${definition.length} characters`, allowed: `at most ${most} characters` };
    throw new InvalidInputError(`the pipeline of ${subject.fleet}`, [{ property: "pipelineDefinition", ...problem }]);
  }
  return definition;
}

function splitStep(subject: FleetPipelineSubject): PipelineStep {
  return processingStep(subject, {
    name: FleetStep.Split,
    command: FleetCommand.Split,
    isolated: subject.networkIsolation,
    inputs: [
      { name: "data", from: parameter(PipelineParameter.DataUri), to: local(ProcessingFolder.Data) },
      { name: "state", from: inFleet(FleetFolder.State), to: local(ProcessingFolder.State) },
    ],
    outputs: [
      { name: "series", from: local(ProcessingFolder.Series), to: inRun("series") },
      { name: "plan", from: local(ProcessingFolder.Plan), to: inRun("plan") },
    ],
    environment: environment(subject),
  });
}

function trainStep(subject: FleetPipelineSubject): PipelineStep {
  const further = subject.channels.map((name, index) => ({
    name,
    uri: parameter(numberedParameter.channelUri(index)),
    sharded: subject.shardChannels,
  }));
  // The models of a split fleet are its checkpoints, so that an interrupted job finds what is done; without a split
  // SageMaker packs the one model itself, and checkpoints are working files.
  return trainingStep(subject, {
    name: FleetStep.Train,
    dependsOn: subject.split ? [FleetStep.Split] : [],
    channels: subject.split ? [{ name: SERIES_CHANNEL, uri: inRun("series"), sharded: true }, ...further] : further,
    outputUri: subject.split ? inRun("output") : VERSION_URI,
    checkpointsUri: subject.split ? VERSION_URI : inRun("checkpoints"),
    environment: environment(subject),
  });
}

function publishStep(subject: FleetPipelineSubject): PipelineStep {
  return processingStep(subject, {
    name: FleetStep.Publish,
    command: FleetCommand.Publish,
    dependsOn: [FleetStep.Train],
    // It writes manifest and pointers by itself, each when the one before is whole, and so must reach S3.
    isolated: false,
    inputs: [
      { name: "plan", from: inRun("plan"), to: local(ProcessingFolder.PlanInput) },
      {
        name: "results",
        from: inFleet(FleetFolder.Models, EXECUTION, `/${RESULTS_FOLDER}/`),
        to: local(ProcessingFolder.Results),
      },
      { name: "state", from: inFleet(FleetFolder.State), to: local(ProcessingFolder.State) },
    ],
    outputs: [],
    environment: {
      ...environment(subject),
      [FleetEnvironment.ModelsUri]: inFleet(FleetFolder.Models),
      [FleetEnvironment.FleetUri]: parameter(PipelineParameter.FleetUri),
      [FleetEnvironment.RetainVersions]: String(subject.retainVersions),
    },
  });
}

/** What every container of a fleet is told: split and train must hash the same options. */
function environment({ fleet, modelOptions, modelModule, instanceCount }: FleetPipelineSubject) {
  const told: Record<string, PipelineText> = {
    [FleetEnvironment.Fleet]: fleet,
    [FleetEnvironment.Version]: EXECUTION,
    [FleetEnvironment.ModelOptions]: modelOptions,
    [FleetEnvironment.Instances]: String(instanceCount),
  };
  if (modelModule !== undefined) told[FleetEnvironment.ModelModule] = modelModule;
  return told;
}

function local(folder: string): string {
  return `${CONTAINER_ROOT}/${folder}`;
}
