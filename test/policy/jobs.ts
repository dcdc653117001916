import type { GraphObject, GraphResource } from "../../contracts/graph";
import { declared } from "./declared";

export const TRAINING_JOB = "aws:sagemaker/trainingJob:TrainingJob";
export const TUNING_JOB = "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob";
export const PIPELINE = "aws:sagemaker/pipeline:Pipeline";
export const NATIVE_PIPELINE = "aws-native:sagemaker:Pipeline";
export const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/1";

/** A training job's inputs as they should be. */
const training = {
  roleArn: "arn:aws:iam::111122223333:role/training",
  trainingJobName: "train",
  enableManagedSpotTraining: true,
  enableNetworkIsolation: true,
  checkpointConfig: { s3Uri: "s3://shop/checkpoints" },
  resourceConfig: { instanceType: "ml.m5.xlarge", instanceCount: 1, volumeKmsKeyId: KEY },
  outputDataConfig: { s3OutputPath: "s3://shop/models", kmsKeyId: KEY },
  stoppingCondition: { maxRuntimeInSeconds: 3600, maxWaitTimeInSeconds: 7200 },
};

/** A training job as it should be; tests change one thing at a time. */
export function trainingJob(change: GraphObject = {}, over: Partial<GraphResource> = {}): GraphResource {
  return declared(TRAINING_JOB, "train", { ...training, ...change }, over);
}

/** A tuning job as it should be, with one definition. */
export function tuningJob(change: GraphObject = {}, definition: GraphObject = {}): GraphResource {
  const config = { strategy: "Bayesian", resourceLimits: { maxParallelTrainingJobs: 2, maxRuntimeInSeconds: 7200 } };
  return declared(TUNING_JOB, "tune", { config, trainingJobDefinition: { ...training, ...definition }, ...change });
}

/** The same training as the API spells it, and a processing step before it. */
export const TRAINING_CALL = {
  EnableManagedSpotTraining: true,
  EnableNetworkIsolation: true,
  CheckpointConfig: { S3Uri: { "Std:Join": { On: "", Values: ["s3://", { Get: "Parameters.Bucket" }] } } },
  ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeKmsKeyId: { Get: "Parameters.Key" } },
  OutputDataConfig: { S3OutputPath: "s3://shop/models", KmsKeyId: { Get: "Parameters.Key" } },
  StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
};

export const PROCESSING_CALL = {
  ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeKmsKeyId: KEY } },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
};

/** A pipeline that prepares, then trains when a condition holds, with changes of either call. */
export function pipeline(trainingChange: object = {}, processingChange: object = {}): GraphResource {
  return declared(PIPELINE, "pipeline", { pipelineDefinition: definition(trainingChange, processingChange) });
}

/** The same for aws-native. */
export function nativePipeline(trainingChange: object = {}): GraphResource {
  return declared(NATIVE_PIPELINE, "pipeline", {
    pipelineDefinition: { pipelineDefinitionBody: definition(trainingChange, {}) },
  });
}

/** A state machine that trains inside a parallel state. */
export function stateMachine(change: object = {}): GraphResource {
  const train = {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
    Parameters: { ...TRAINING_CALL, ...change },
    End: true,
  };
  const parallel = { Type: "Parallel", Branches: [{ StartAt: "Train", States: { Train: train } }], End: true };
  return declared(STATE_MACHINE, "machine", {
    definition: JSON.stringify({ StartAt: "Both", States: { Both: parallel } }),
  });
}

/** A batch transform as the API spells it; tests change one thing at a time. */
const TRANSFORM_CALL = {
  ModelName: { Get: "Parameters.ModelName" },
  MaxConcurrentTransforms: 4,
  MaxPayloadInMB: 6,
  ModelClientConfig: { InvocationsTimeoutInSeconds: 600, InvocationsMaxRetries: 3 },
};

/** A pipeline that transforms, with changes of the call. */
export function transformPipeline(change: object = {}): GraphResource {
  const step = { Name: "Score", Type: "Transform", Arguments: { ...TRANSFORM_CALL, ...change } };
  const pipelineDefinition = JSON.stringify({ Version: "2020-12-01", Steps: [step] });
  return declared(PIPELINE, "pipeline", { pipelineDefinition });
}

/** A state machine that transforms, with changes of the call. */
export function transformMachine(change: object = {}): GraphResource {
  const score = {
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createTransformJob.sync",
    Parameters: { ...TRANSFORM_CALL, ...change },
    End: true,
  };
  return declared(STATE_MACHINE, "machine", {
    definition: JSON.stringify({ StartAt: "Score", States: { Score: score } }),
  });
}

function definition(trainingChange: object, processingChange: object): string {
  const train = { Name: "Train", Type: "Training", Arguments: { ...TRAINING_CALL, ...trainingChange } };
  return JSON.stringify({
    Version: "2020-12-01",
    Steps: [
      { Name: "Prepare", Type: "Processing", Arguments: { ...PROCESSING_CALL, ...processingChange } },
      { Name: "Enough", Type: "Condition", Arguments: { Conditions: [], IfSteps: [train], ElseSteps: [] } },
    ],
  });
}
