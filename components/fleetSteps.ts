import { CONTAINER_ROOT } from "../contracts/fleetContainer";
import { PipelineParameter } from "../contracts/fleetLayout";
import { type FleetPipelineSubject, numberedParameter, type PipelineText, parameter } from "./fleetParameters";
import { hasLocalStorage } from "./instanceTypes";

/** Times that SageMaker starts a training job anew after an internal error of its own. */
const INTERNAL_ERROR_RETRIES = 2;

/**
 * When a step is tried again, by SageMaker's names of what went wrong
 * (docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html). A container that fails is not: it would fail again.
 */
export const RETRY_POLICIES = [
  {
    ExceptionType: ["Step.SERVICE_FAULT", "Step.THROTTLING"],
    IntervalSeconds: 30,
    BackoffRate: 2,
    MaxAttempts: 5,
  },
  {
    ExceptionType: ["SageMaker.JOB_INTERNAL_ERROR", "SageMaker.CAPACITY_ERROR"],
    IntervalSeconds: 300,
    BackoffRate: 1.5,
    MaxAttempts: 4,
  },
];

/** One step of a pipeline's definition. */
export interface PipelineStep {
  readonly Name: string;
  readonly Type: "Processing" | "Training";
  /** Arguments of the job's Create call, without its name, which the execution makes. */
  readonly Arguments: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly RetryPolicies: readonly object[];
}

/** A folder that moves between S3 and a container. */
interface Transfer {
  readonly name: string;
  readonly from: PipelineText;
  readonly to: PipelineText;
}

/** How a processing step differs from another. */
interface ProcessingStepOptions {
  readonly name: string;
  readonly command: string;
  readonly dependsOn?: readonly string[];
  readonly isolated: boolean;
  readonly inputs: readonly Transfer[];
  readonly outputs: readonly Transfer[];
  readonly environment: Readonly<Record<string, PipelineText>>;
}

/** A step of one instance that reads folders of S3 and leaves others there. */
export function processingStep(subject: FleetPipelineSubject, options: ProcessingStepOptions): PipelineStep {
  const vpc = vpcConfig(subject);
  const network = {
    ...(options.isolated && { EnableNetworkIsolation: true }),
    ...(vpc && { VpcConfig: vpc }),
  };
  return step(options, "Processing", {
    RoleArn: parameter(PipelineParameter.RoleArn),
    AppSpecification: { ImageUri: parameter(PipelineParameter.ImageUri), ContainerArguments: [options.command] },
    ProcessingInputs: options.inputs.map(({ name, from, to }) => ({
      InputName: name,
      AppManaged: false,
      S3Input: {
        S3Uri: from,
        LocalPath: to,
        S3DataType: "S3Prefix",
        S3InputMode: "File",
        S3DataDistributionType: "FullyReplicated",
      },
    })),
    ...(options.outputs.length > 0 && {
      ProcessingOutputConfig: {
        Outputs: options.outputs.map(({ name, from, to }) => ({
          OutputName: name,
          AppManaged: false,
          S3Output: { S3Uri: to, LocalPath: from, S3UploadMode: "EndOfJob" },
        })),
        ...(subject.hasKey && { KmsKeyId: parameter(PipelineParameter.KmsKeyArn) }),
      },
    }),
    ProcessingResources: {
      ClusterConfig: {
        InstanceType: subject.processingInstanceType,
        InstanceCount: 1,
        ...volume(subject, subject.processingInstanceType),
      },
    },
    StoppingCondition: { MaxRuntimeInSeconds: subject.maxRuntimeSeconds },
    Environment: options.environment,
    ...(Object.keys(network).length > 0 && { NetworkConfig: network }),
    Tags: tags(subject),
  });
}

/** How a training step differs from another. */
interface TrainingStepOptions {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly channels: readonly { readonly name: string; readonly uri: PipelineText; readonly sharded: boolean }[];
  readonly outputUri: PipelineText;
  readonly checkpointsUri: PipelineText;
  readonly environment: Readonly<Record<string, PipelineText>>;
}

/** A step of many instances that share the objects of a channel, on spot capacity when the fleet wants it. */
export function trainingStep(subject: FleetPipelineSubject, options: TrainingStepOptions): PipelineStep {
  const vpc = vpcConfig(subject);
  return step(options, "Training", {
    RoleArn: parameter(PipelineParameter.RoleArn),
    AlgorithmSpecification: { TrainingImage: parameter(PipelineParameter.ImageUri), TrainingInputMode: "File" },
    InputDataConfig: options.channels.map(({ name, uri, sharded }) => ({
      ChannelName: name,
      DataSource: {
        S3DataSource: {
          S3DataType: "S3Prefix",
          S3Uri: uri,
          S3DataDistributionType: sharded ? "ShardedByS3Key" : "FullyReplicated",
        },
      },
    })),
    OutputDataConfig: {
      S3OutputPath: options.outputUri,
      ...(subject.hasKey && { KmsKeyId: parameter(PipelineParameter.KmsKeyArn) }),
    },
    CheckpointConfig: { S3Uri: options.checkpointsUri, LocalPath: `${CONTAINER_ROOT}/checkpoints` },
    ResourceConfig: {
      InstanceType: subject.instanceType,
      InstanceCount: subject.instanceCount,
      ...volume(subject, subject.instanceType),
    },
    EnableManagedSpotTraining: subject.spot,
    StoppingCondition: {
      MaxRuntimeInSeconds: subject.maxRuntimeSeconds,
      ...(subject.spot && { MaxWaitTimeInSeconds: subject.maxWaitSeconds }),
    },
    RetryStrategy: { MaximumRetryAttempts: INTERNAL_ERROR_RETRIES },
    ...(Object.keys(subject.hyperparameters).length > 0 && { HyperParameters: subject.hyperparameters }),
    Environment: options.environment,
    ...(subject.networkIsolation && { EnableNetworkIsolation: true }),
    ...(vpc && { VpcConfig: vpc }),
    Tags: tags(subject),
  });
}

function step(
  { name, dependsOn = [] }: { readonly name: string; readonly dependsOn?: readonly string[] },
  Type: PipelineStep["Type"],
  Arguments: PipelineStep["Arguments"],
): PipelineStep {
  return {
    Name: name,
    Type,
    Arguments,
    ...(dependsOn.length > 0 && { DependsOn: dependsOn }),
    RetryPolicies: RETRY_POLICIES,
  };
}

/** Storage of its own is encrypted by the instance; SageMaker refuses a key for it. */
function volume({ volumeSizeGb, hasKey }: FleetPipelineSubject, instanceType: string): object {
  const key = hasKey && !hasLocalStorage(instanceType) && { VolumeKmsKeyId: parameter(PipelineParameter.KmsKeyArn) };
  return { VolumeSizeInGB: volumeSizeGb, ...key };
}

function vpcConfig({ vpc }: FleetPipelineSubject): object | undefined {
  if (vpc === undefined) return undefined;
  const numbered = (count: number, nameOf: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => parameter(nameOf(index)));
  return {
    Subnets: numbered(vpc.subnets, numberedParameter.subnetId),
    SecurityGroupIds: numbered(vpc.securityGroups, numberedParameter.securityGroupId),
  };
}

function tags(subject: FleetPipelineSubject): readonly object[] {
  return Object.entries(subject.tags).map(([Key, Value]) => ({ Key, Value }));
}
