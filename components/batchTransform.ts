import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BatchTransformArgs } from "./batchTransformArgs";
import { TransformParameter, transformPipelineDefinition } from "./batchTransformPipeline";
import { transformRolePolicy } from "./batchTransformPolicies";
import { type CheckedBatchTransformArgs, checkBatchTransformArgs } from "./checkedBatchTransformArgs";
import { type CloudPlace, cloudPlace } from "./cloudPlace";
import { hostedModel, modelContainer } from "./hostedModel";
import { imageUri } from "./modelImage";
import { physicalName } from "./physicalName";
import { failedRunAlarm, missedRunAlarm } from "./pipelineAlarm";
import { pipelineSchedule } from "./pipelineSchedule";
import { SAGEMAKER_TRUST_POLICY } from "./sagemakerPolicies";

/**
 * Answers for whole folders of S3, on instances that are there for the job alone: a SageMaker pipeline with one transform
 * step, started on a schedule or by hand. The provider has no transform job, which would run once and be replaced by every edit.
 *
 * @example
 * const nightly = new BatchTransform("churn", {
 *   framework: "xgboost",
 *   frameworkVersion: "1.7-1",
 *   modelDataUrl: "s3://our-models/churn/v1/model.tar.gz",
 *   inputUri: "s3://our-customers/daily/",
 *   outputUri: "s3://our-customers/churn/",
 *   contentType: "text/csv",
 *   splitType: SplitType.Line,
 *   schedule: "cron(0 2 * * ? *)",
 * });
 */
export class BatchTransform extends pulumi.ComponentResource {
  /** ARN of the pipeline. */
  public readonly pipelineArn: pulumi.Output<string>;
  /** Name of the pipeline, for StartPipelineExecution. */
  public readonly pipelineName: pulumi.Output<string>;
  /** What StartPipelineExecution must be given, by parameter. */
  public readonly pipelineParameters: pulumi.Output<Record<string, string>>;
  /** Name of the model. */
  public readonly modelName: pulumi.Output<string>;
  /** ARN of the role of pipeline, model and jobs, for the policies of keys and of other accounts' buckets. */
  public readonly roleArn: pulumi.Output<string>;
  /** `s3://` address that answers are written to, below a folder for each run. */
  public readonly outputUri: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens, at most 32
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: BatchTransformArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:BatchTransform", name, args, opts);
    const checked = checkBatchTransformArgs(name, args);
    const { source, inputUri, outputUri, kmsKeyArn, vpc, networkIsolation, schedule, tags } = checked;

    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: SAGEMAKER_TRUST_POLICY, tags }, { parent: this });
    const pipelineName = physicalName(name);
    const pipeline = new aws.sagemaker.Pipeline(
      `${name}-pipeline`,
      {
        pipelineName,
        pipelineDisplayName: pipelineName,
        pipelineDescription: `Transforms what is asked of ${name}.`,
        pipelineDefinition: transformPipelineDefinition(checked.transform),
        roleArn: role.arn,
        tags,
      },
      { parent: this },
    );
    const place = cloudPlace(pipeline.arn);
    const policy = rolePolicy(checked, place);
    const needed = [new aws.iam.RolePolicy(`${name}-role-policy`, { role: role.id, policy }, { parent: this })];
    const containers = [modelContainer(source, place)];
    const model = hostedModel(`${name}-model`, { role, needed, containers, vpc, networkIsolation, tags }, this);
    const parameters: Record<string, pulumi.Input<string>> = {
      [TransformParameter.ModelName]: model.name,
      [TransformParameter.InputUri]: inputUri,
      [TransformParameter.OutputUri]: outputUri,
      ...(kmsKeyArn !== undefined && { [TransformParameter.KmsKeyArn]: kmsKeyArn }),
    };
    const watch = { topics: args.alarmTopics ?? [], tags };
    if (args.alarms) failedRunAlarm(name, pipeline, watch, this);
    if (schedule !== undefined) {
      const description = `Starts transforms of ${name}.`;
      const when = { description, expression: schedule, timezone: checked.scheduleTimezone };
      const missedRuns = pipelineSchedule(name, { pipeline, parameters, ...when, place, tags }, this);
      if (args.alarms) missedRunAlarm(name, missedRuns, watch, this);
    }

    this.pipelineArn = pipeline.arn;
    this.pipelineName = pipeline.pipelineName;
    this.pipelineParameters = pulumi.output(parameters);
    this.modelName = model.name;
    this.roleArn = role.arn;
    this.outputUri = pulumi.output(outputUri);
    this.registerOutputs({
      pipelineArn: this.pipelineArn,
      pipelineName: this.pipelineName,
      pipelineParameters: this.pipelineParameters,
      modelName: this.modelName,
      roleArn: this.roleArn,
      outputUri: this.outputUri,
    });
  }
}

/** The pipeline's ARN tells where the stack stands; the pipeline itself needs the role, and no permission of it, to be made. */
function rolePolicy(
  { source, inputUri, outputUri, vpc, kmsKeyArn }: CheckedBatchTransformArgs,
  place: pulumi.Output<CloudPlace>,
): pulumi.Output<string> {
  const model = source.modelDataUrl === undefined ? [] : [source.modelDataUrl];
  const reads = pulumi.all([...model, inputUri]);
  return pulumi
    .all([place, imageUri(source.image, place), reads, pulumi.output(outputUri), pulumi.output(kmsKeyArn)])
    .apply(([where, image, read, written, key]) =>
      transformRolePolicy({
        ...where,
        image,
        reads: read,
        outputUri: written,
        inVpc: vpc !== undefined,
        kmsKeyArn: key,
      }),
    );
}
