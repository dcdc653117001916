import * as pulumi from "@pulumi/pulumi";
import { AsyncEndpoint } from "./asyncEndpoint";
import { BatchTransform } from "./batchTransform";
import { AssembleWith, BatchStrategy, SplitType } from "./batchTransformArgs";
import { checkPooledModelArgs } from "./checkedPooledModelArgs";
import { POOLED_MODEL_DEFAULTS, type PooledModelArgs } from "./pooledModelArgs";
import { pooledModelStorage } from "./pooledModelStorage";
import { ServerlessEndpoint } from "./serverlessEndpoint";

/**
 * One model for all who are too new to have one of their own, and the three ways to ask it that cost nothing while nobody
 * asks: at once behind a ServerlessEndpoint, later behind an AsyncEndpoint that goes down to no instance, and overnight by a
 * BatchTransform. The model is a file of this machine, which becomes an object under its checksum.
 *
 * @example
 * const newcomers = new PooledModel("newcomers", {
 *   archive: "dist/models/newcomers.tar.gz",
 *   image: image.imageUri,
 *   laterImage: arm64.imageUri,
 *   schedule: "cron(0 3 * * ? *)",
 * });
 */
export class PooledModel extends pulumi.ComponentResource {
  /** Name of the bucket of model, requests and answers. */
  public readonly bucketName: pulumi.Output<string>;
  /** `s3://` address of the model's archive. */
  public readonly modelDataUrl: pulumi.Output<string>;
  /** Name of the serverless endpoint, for InvokeEndpoint. */
  public readonly endpointName: pulumi.Output<string>;
  /** ARN of the serverless endpoint, for policies of callers. */
  public readonly endpointArn: pulumi.Output<string>;
  /** Name of the asynchronous endpoint, for InvokeEndpointAsync. */
  public readonly laterEndpointName: pulumi.Output<string>;
  /** ARN of the asynchronous endpoint, for policies of callers. */
  public readonly laterEndpointArn: pulumi.Output<string>;
  /** `s3://` address of the folder that callers put what they ask later into. */
  public readonly askedUri: pulumi.Output<string>;
  /** `s3://` address of the folder that answers to it are written to. */
  public readonly answeredUri: pulumi.Output<string>;
  /** Name of the pipeline that answers overnight, for StartPipelineExecution. */
  public readonly pipelineName: pulumi.Output<string>;
  /** What StartPipelineExecution must be given, by parameter. */
  public readonly pipelineParameters: pulumi.Output<Record<string, string>>;
  /** `s3://` address of the folder of what is asked overnight. */
  public readonly nightlyAskedUri: pulumi.Output<string>;
  /** `s3://` address of the folder that answers to it are written to, below a folder for each run. */
  public readonly nightlyAnsweredUri: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens, at most 24
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: PooledModelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:PooledModel", name, args, opts);
    const checked = checkPooledModelArgs(name, args);
    const storage = pooledModelStorage(name, args, checked, this);
    const { image, laterImage = image, instanceType, schedule, scheduleTimezone, logRetentionDays } = args;
    const { modelDataUrl } = storage;
    const { alarms, alarmTopics, kmsKeyArn, costAllocation, tags } = args;
    const shared = { modelDataUrl, alarms, alarmTopics, kmsKeyArn, costAllocation, tags };
    const part = { parent: this };

    const atOnce = new ServerlessEndpoint(
      name,
      {
        ...shared,
        image,
        memoryMb: args.memoryMb ?? POOLED_MODEL_DEFAULTS.memoryMb,
        maxConcurrency: args.maxConcurrency ?? POOLED_MODEL_DEFAULTS.maxConcurrency,
        logRetentionDays,
      },
      part,
    );
    const later = new AsyncEndpoint(
      `${name}-later`,
      {
        ...shared,
        image: laterImage,
        instanceType,
        maxInstances: args.maxInstances ?? POOLED_MODEL_DEFAULTS.maxInstances,
        inputUri: storage.asked,
        outputUri: storage.answered,
        failureUri: storage.failed,
        logRetentionDays,
      },
      part,
    );
    const overnight = new BatchTransform(
      `${name}-nightly`,
      {
        ...shared,
        image,
        inputUri: storage.nightlyAsked,
        outputUri: storage.nightlyAnswered,
        contentType: "application/json",
        accept: "application/json",
        splitType: SplitType.Line,
        batchStrategy: BatchStrategy.SingleRecord,
        assembleWith: AssembleWith.Line,
        schedule,
        scheduleTimezone,
      },
      part,
    );

    this.bucketName = storage.bucket;
    this.modelDataUrl = modelDataUrl;
    this.endpointName = atOnce.endpointName;
    this.endpointArn = atOnce.endpointArn;
    this.laterEndpointName = later.endpointName;
    this.laterEndpointArn = later.endpointArn;
    this.askedUri = storage.asked;
    this.answeredUri = storage.answered;
    this.pipelineName = overnight.pipelineName;
    this.pipelineParameters = overnight.pipelineParameters;
    this.nightlyAskedUri = storage.nightlyAsked;
    this.nightlyAnsweredUri = storage.nightlyAnswered;
    this.registerOutputs({
      bucketName: this.bucketName,
      modelDataUrl: this.modelDataUrl,
      endpointName: this.endpointName,
      endpointArn: this.endpointArn,
      laterEndpointName: this.laterEndpointName,
      laterEndpointArn: this.laterEndpointArn,
      askedUri: this.askedUri,
      answeredUri: this.answeredUri,
      pipelineName: this.pipelineName,
      pipelineParameters: this.pipelineParameters,
      nightlyAskedUri: this.nightlyAskedUri,
      nightlyAnsweredUri: this.nightlyAnsweredUri,
    });
  }
}
