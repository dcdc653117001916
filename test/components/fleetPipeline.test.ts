import { deepEqual, equal, ok, throws } from "node:assert/strict";
import * as z from "zod";
import type { FleetPipelineSubject } from "../../components/fleetParameters";
import { parameterNames } from "../../components/fleetParameters";
import { fleetPipelineDefinition } from "../../components/fleetPipeline";
import { InvalidInputError } from "../../contracts/problems";
import { EVERYTHING, SUBJECT, UNSPLIT } from "./fleetSubject";

const Record = z.record(z.string(), z.unknown());
const Step = z.strictObject({
  Name: z.string(),
  Type: z.enum(["Processing", "Training"]),
  Arguments: Record,
  DependsOn: z.array(z.string()).optional(),
  RetryPolicies: z.array(z.unknown()),
});
const Definition = z.strictObject({
  Version: z.literal("2020-12-01"),
  Metadata: Record,
  Parameters: z.array(z.strictObject({ Name: z.string(), Type: z.literal("String") })),
  Steps: z.array(Step),
});

function definitionOf(subject: FleetPipelineSubject): z.infer<typeof Definition> {
  return Definition.parse(JSON.parse(fleetPipelineDefinition(subject)));
}

function argumentsOf(subject: FleetPipelineSubject): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(definitionOf(subject).Steps.map((step) => [step.Name, step.Arguments]));
}

const get = (name: string) => ({ Get: name });
const EXECUTION = get("Execution.PipelineExecutionId");
const inFleet = (...rest: readonly unknown[]) => ({
  "Std:Join": { On: "", Values: [get("Parameters.FleetUri"), ...rest] },
});

function input(InputName: string, S3Uri: object, folder: string): object {
  const how = { S3DataType: "S3Prefix", S3InputMode: "File", S3DataDistributionType: "FullyReplicated" };
  return { InputName, AppManaged: false, S3Input: { S3Uri, LocalPath: `/opt/ml/processing/input/${folder}`, ...how } };
}

function output(OutputName: string): object {
  const S3Uri = inFleet("runs/", EXECUTION, `/${OutputName}/`);
  const LocalPath = `/opt/ml/processing/output/${OutputName}`;
  return { OutputName, AppManaged: false, S3Output: { S3Uri, LocalPath, S3UploadMode: "EndOfJob" } };
}

const ENVIRONMENT = {
  FRUGAL_ML_FLEET: "forecast",
  FRUGAL_ML_VERSION: EXECUTION,
  FRUGAL_ML_MODEL_OPTIONS: "{}",
  FRUGAL_ML_INSTANCES: "2",
};

const PROCESSING = {
  RoleArn: get("Parameters.RoleArn"),
  ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 } },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  Tags: [{ Key: "team", Value: "energy" }],
};

describe("the definition of a fleet's pipeline", () => {
  it("splits, trains and publishes, each after the step before", () => {
    const { Steps } = definitionOf(SUBJECT);
    deepEqual(
      Steps.map(({ Name, Type, DependsOn }) => [Name, Type, DependsOn]),
      [
        ["Split", "Processing", undefined],
        ["Train", "Training", ["Split"]],
        ["Publish", "Processing", ["Train"]],
      ],
    );
  });

  it("splits the dataset into series and a plan, knowing what was trained before", () => {
    deepEqual(argumentsOf(SUBJECT)["Split"], {
      ...PROCESSING,
      AppSpecification: { ImageUri: get("Parameters.ImageUri"), ContainerArguments: ["split"] },
      ProcessingInputs: [input("data", get("Parameters.DataUri"), "data"), input("state", inFleet("state/"), "state")],
      ProcessingOutputConfig: { Outputs: [output("series"), output("plan")] },
      Environment: ENVIRONMENT,
    });
  });

  it("shares the series out among spot instances, whose checkpoints are the version's models", () => {
    deepEqual(argumentsOf(SUBJECT)["Train"], {
      RoleArn: get("Parameters.RoleArn"),
      AlgorithmSpecification: { TrainingImage: get("Parameters.ImageUri"), TrainingInputMode: "File" },
      InputDataConfig: [
        {
          ChannelName: "series",
          DataSource: {
            S3DataSource: {
              S3DataType: "S3Prefix",
              S3Uri: inFleet("runs/", EXECUTION, "/series/"),
              S3DataDistributionType: "ShardedByS3Key",
            },
          },
        },
      ],
      OutputDataConfig: { S3OutputPath: inFleet("runs/", EXECUTION, "/output/") },
      CheckpointConfig: { S3Uri: inFleet("models/", EXECUTION, "/"), LocalPath: "/opt/ml/checkpoints" },
      ResourceConfig: { InstanceType: "ml.c5.xlarge", InstanceCount: 2, VolumeSizeInGB: 30 },
      EnableManagedSpotTraining: true,
      StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
      RetryStrategy: { MaximumRetryAttempts: 2 },
      Environment: ENVIRONMENT,
      Tags: PROCESSING.Tags,
    });
  });

  it("publishes from the plan, the results and the state, and tells where", () => {
    deepEqual(argumentsOf(SUBJECT)["Publish"], {
      ...PROCESSING,
      AppSpecification: { ImageUri: get("Parameters.ImageUri"), ContainerArguments: ["publish"] },
      ProcessingInputs: [
        input("plan", inFleet("runs/", EXECUTION, "/plan/"), "plan"),
        input("results", inFleet("models/", EXECUTION, "/_results/"), "results"),
        input("state", inFleet("state/"), "state"),
      ],
      Environment: {
        ...ENVIRONMENT,
        FRUGAL_ML_MODELS_URI: inFleet("models/"),
        FRUGAL_ML_FLEET_URI: get("Parameters.FleetUri"),
        FRUGAL_ML_RETAIN_VERSIONS: "5",
      },
    });
  });

  it("tries again what SageMaker fails at, and not what the container does", () => {
    for (const { RetryPolicies } of definitionOf(SUBJECT).Steps) {
      deepEqual(
        RetryPolicies.flatMap((policy) => Record.parse(policy)["ExceptionType"]),
        ["Step.SERVICE_FAULT", "Step.THROTTLING", "SageMaker.JOB_INTERNAL_ERROR", "SageMaker.CAPACITY_ERROR"],
      );
    }
  });

  it("isolates split and train from the network, and leaves publish its way to S3", () => {
    const { Split, Train, Publish } = argumentsOf(EVERYTHING);
    const VpcConfig = {
      Subnets: [get("Parameters.SubnetId0"), get("Parameters.SubnetId1")],
      SecurityGroupIds: [get("Parameters.SecurityGroupId0")],
    };
    deepEqual(Split?.["NetworkConfig"], { EnableNetworkIsolation: true, VpcConfig });
    deepEqual([Train?.["EnableNetworkIsolation"], Train?.["VpcConfig"]], [true, VpcConfig]);
    deepEqual(Publish?.["NetworkConfig"], { VpcConfig });
  });

  it("encrypts outputs and volumes with the key, but no storage that an instance brings", () => {
    const KmsKeyId = get("Parameters.KmsKeyArn");
    const { Split, Train } = argumentsOf(EVERYTHING);
    equal(JSON.stringify(Split).split('"KmsKeyId":').length, 2);
    deepEqual(Record.parse(Train?.["OutputDataConfig"])["KmsKeyId"], KmsKeyId);
    deepEqual(Record.parse(Train?.["ResourceConfig"])["VolumeKmsKeyId"], KmsKeyId);
    const ofInstance = Record.parse(argumentsOf(UNSPLIT)["Train"]?.["ResourceConfig"]);
    deepEqual(ofInstance, { InstanceType: "ml.g5.xlarge", InstanceCount: 2, VolumeSizeInGB: 30 });
  });

  it("gives further channels whole to each instance, and passes hyperparameters and a module on", () => {
    const train = argumentsOf(EVERYTHING)["Train"];
    const channels = z.array(Record).parse(train?.["InputDataConfig"]);
    deepEqual(
      channels.map(({ ChannelName }) => ChannelName),
      ["series", "holidays", "weather"],
    );
    equal(JSON.stringify(channels).split("ShardedByS3Key").length, 2);
    deepEqual(train?.["HyperParameters"], { epochs: "3" });
    equal(Record.parse(train?.["Environment"])["FRUGAL_ML_MODEL_MODULE"], "/opt/program/ours.js");
  });

  it("trains on its channels alone without a split, keeps the one model and drops the checkpoints", () => {
    const { Parameters, Steps } = definitionOf(UNSPLIT);
    deepEqual(
      Parameters.map(({ Name }) => Name),
      ["RoleArn", "ImageUri", "FleetUri", "KmsKeyArn", "ChannelUri0"],
    );
    const [train, ...others] = Steps;
    deepEqual([train?.Name, train?.DependsOn, others], ["Train", undefined, []]);
    const { CheckpointConfig, OutputDataConfig, StoppingCondition, InputDataConfig } = train?.Arguments ?? {};
    deepEqual(Record.parse(OutputDataConfig)["S3OutputPath"], inFleet("models/", EXECUTION, "/"));
    deepEqual(Record.parse(CheckpointConfig)["S3Uri"], inFleet("runs/", EXECUTION, "/checkpoints/"));
    deepEqual(StoppingCondition, { MaxRuntimeInSeconds: 3600 });
    ok(JSON.stringify(InputDataConfig).includes("ShardedByS3Key"));
  });

  it("declares every parameter that it gets, and no other", () => {
    for (const subject of [SUBJECT, EVERYTHING, UNSPLIT]) {
      const used = fleetPipelineDefinition(subject).matchAll(/"Get":"Parameters\.([^"]+)"/g);
      deepEqual([...new Set([...used].map(([, name]) => name))].sort(), [...parameterNames(subject)].sort());
      deepEqual(
        definitionOf(subject).Parameters.map(({ Name }) => Name),
        parameterNames(subject),
      );
    }
  });

  it("is as long as SageMaker takes, or refused", () => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`${"k".repeat(120)}${n}`, "v".repeat(256)]));
    const hyperparameters = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`${"h".repeat(250)}${n}`, "v".repeat(2500)]),
    );
    ok(fleetPipelineDefinition({ ...EVERYTHING, tags, hyperparameters }).length < 1_048_576);
    const endless = { epochs: "v".repeat(1_048_576) };
    throws(() => fleetPipelineDefinition({ ...SUBJECT, hyperparameters: endless }), InvalidInputError);
  });
});
