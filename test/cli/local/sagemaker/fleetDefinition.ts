import type { JsonObject } from "../../../../cli/local/sagemaker/jsonValue";

const bucket = "fleet-bucket";
const version = { Get: "Execution.PipelineExecutionId" };

/** An address below the fleet's bucket and this execution. */
function run(folder: string): JsonObject {
  return { "Std:Join": { On: "/", Values: [`s3://${bucket}/runs`, version, folder] } };
}

function processing(name: string, args: readonly string[], inputs: JsonObject, outputs: JsonObject): JsonObject {
  return {
    Name: name,
    Type: "Processing",
    Arguments: {
      RoleArn: { Get: "Parameters.RoleArn" },
      ProcessingResources: {
        ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 10 },
      },
      AppSpecification: { ImageUri: { Get: "Parameters.ImageUri" }, ContainerArguments: [...args] },
      ProcessingInputs: Object.entries(inputs).map(([InputName, S3Uri]) => ({
        InputName,
        S3Input: {
          S3Uri,
          LocalPath: `/opt/ml/processing/input/${InputName}`,
          S3DataType: "S3Prefix",
          S3InputMode: "File",
        },
      })),
      ProcessingOutputConfig: {
        Outputs: Object.entries(outputs).map(([OutputName, S3Uri]) => ({
          OutputName,
          S3Output: { S3Uri, LocalPath: `/opt/ml/processing/output/${OutputName}`, S3UploadMode: "EndOfJob" },
        })),
      },
      Environment: { FAKE_VERSION: version },
    },
  };
}

/** What tests change about {@link fleetDefinition}. */
export interface FleetChanges {
  readonly instances?: number;
  readonly hyperParameters?: JsonObject;
  readonly splitCommand?: string;
  readonly trainEnvironment?: JsonObject;
  readonly maxRuntimeSeconds?: number;
}

/** The pipeline of a fleet, as its component writes it: split, train, publish. */
export function fleetDefinition(changes: FleetChanges = {}): JsonObject & { Steps: JsonObject[] } {
  const train: JsonObject = {
    Name: "Train",
    Type: "Training",
    Arguments: {
      RoleArn: { Get: "Parameters.RoleArn" },
      AlgorithmSpecification: { TrainingImage: { Get: "Parameters.ImageUri" }, TrainingInputMode: "File" },
      HyperParameters: changes.hyperParameters ?? {},
      InputDataConfig: [
        {
          ChannelName: "series",
          DataSource: {
            S3DataSource: {
              S3DataType: "S3Prefix",
              S3Uri: { Get: "Steps.Split.ProcessingOutputConfig.Outputs['series'].S3Output.S3Uri" },
              S3DataDistributionType: "ShardedByS3Key",
            },
          },
        },
      ],
      OutputDataConfig: { S3OutputPath: run("output/") },
      CheckpointConfig: { S3Uri: run("models/") },
      ResourceConfig: { InstanceType: "ml.c5.xlarge", InstanceCount: changes.instances ?? 2, VolumeSizeInGB: 10 },
      StoppingCondition: { MaxRuntimeInSeconds: changes.maxRuntimeSeconds ?? 60, MaxWaitTimeInSeconds: 120 },
      EnableManagedSpotTraining: true,
      Environment: changes.trainEnvironment ?? {},
    },
  };
  const series = { series: run("series/"), plan: run("plan/") };
  return {
    Version: "2020-12-01",
    Metadata: {},
    Parameters: [
      { Name: "RoleArn", Type: "String" },
      { Name: "ImageUri", Type: "String", DefaultValue: "123456789012.dkr.ecr.us-east-1.amazonaws.com/fake@sha256:0" },
      { Name: "DataUri", Type: "String", DefaultValue: `s3://${bucket}/data/` },
    ],
    Steps: [
      processing("Split", [changes.splitCommand ?? "split"], { data: { Get: "Parameters.DataUri" } }, series),
      train,
      {
        ...processing("Publish", ["publish"], { results: run("models/") }, { manifest: run("manifest/") }),
        DependsOn: ["Train"],
      },
    ],
  };
}
