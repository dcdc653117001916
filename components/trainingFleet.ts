import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FleetFolder } from "../contracts/fleetLayout";
import { checkTrainingFleetArgs } from "./checkedFleetArgs";
import { cloudPlace } from "./cloudPlace";
import { fleetAlarms } from "./fleetAlarms";
import { fleetRole } from "./fleetRole";
import { fleetRun, warnOfIdleInstances } from "./fleetRun";
import { fleetSchedule } from "./fleetSchedule";
import { fleetStartFunction } from "./fleetStart";
import { fleetStorage } from "./fleetStorage";
import type { TrainingFleetArgs } from "./trainingFleetArgs";

/**
 * Models for thousands of customers from one dataset, trained on interruptible machines: a SageMaker pipeline that
 * splits the dataset into one file for each customer, shares the files out among a fleet of spot instances, and
 * publishes one versioned model for each customer with a manifest. What was not changed is not trained again.
 *
 * @example
 * const image = new ContainerImage("forecast", { dockerfile: "containers/forecast/Dockerfile" });
 * const fleet = new TrainingFleet("forecast", { image: image.imageUri, schedule: "cron(0 2 * * ? *)" });
 * export const models = fleet.modelDataUrl;
 */
export class TrainingFleet extends pulumi.ComponentResource {
  /** Name of the bucket that holds the fleet. */
  public readonly bucketName: pulumi.Output<string>;
  /** `s3://` address of the fleet's folder, ending with `/`: above `models/`, `pointers/`, `pins/`, `state/` and `runs/`. */
  public readonly fleetUri: pulumi.Output<string>;
  /** `s3://` address of the dataset. Absent without a split. */
  public readonly dataUri?: pulumi.Output<string>;
  /** `s3://` address of the models, ending with `/`, as an endpoint wants it. */
  public readonly modelDataUrl: pulumi.Output<string>;
  /** `s3://` address of the customers' pointers, ending with `/`. Absent without a split. */
  public readonly pointersUri?: pulumi.Output<string>;
  /** ARN of the pipeline. */
  public readonly pipelineArn: pulumi.Output<string>;
  /** Name of the pipeline. */
  public readonly pipelineName: pulumi.Output<string>;
  /** ARN of the role of pipeline and jobs, for the policies of keys and of other accounts' buckets. */
  public readonly roleArn: pulumi.Output<string>;
  /** Name of the function that starts a run. */
  public readonly startFunctionName: pulumi.Output<string>;
  /** ARN of the function that starts a run. */
  public readonly startFunctionArn: pulumi.Output<string>;
  /** The image, pinned by digest. */
  public readonly image: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens, at most 32
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: TrainingFleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:TrainingFleet", name, args, opts);
    const checked = checkTrainingFleetArgs(name, args);
    const { schedule, scheduleTimezone: timezone, tags } = checked;
    const { split, instanceCount } = checked.pipeline;
    warnOfIdleInstances(instanceCount, args.expectedCustomers, this);

    const storage = fleetStorage(name, args, checked, this);
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-start-logs`,
      { retentionInDays: checked.logRetentionDays, tags },
      { parent: this },
    );
    const place = cloudPlace(logs.arn);
    const role = fleetRole(name, checked, { storage, place }, this);
    const run = fleetRun(name, args, checked, { storage, role }, this);
    const { pipeline } = run;
    const { completeness } = args;
    const lambda = fleetStartFunction(name, { ...run, completeness, logs, place, tags }, this);
    if (schedule !== undefined) fleetSchedule(name, { lambda, expression: schedule, timezone, place, tags }, this);
    if (args.alarms) {
      fleetAlarms(name, { pipeline, startFunction: lambda }, { topics: args.alarmTopics ?? [], tags }, this);
    }

    this.bucketName = storage.bucket;
    this.fleetUri = storage.fleetUri;
    if (storage.dataUri !== undefined) this.dataUri = storage.dataUri;
    this.modelDataUrl = pulumi.interpolate`${storage.fleetUri}${FleetFolder.Models}`;
    if (split) this.pointersUri = pulumi.interpolate`${storage.fleetUri}${FleetFolder.Pointers}`;
    this.pipelineArn = pipeline.arn;
    this.pipelineName = pipeline.pipelineName;
    this.roleArn = role.role.arn;
    this.startFunctionName = lambda.name;
    this.startFunctionArn = lambda.arn;
    this.image = pulumi.output(checked.image);
    this.registerOutputs({
      bucketName: this.bucketName,
      fleetUri: this.fleetUri,
      dataUri: this.dataUri,
      modelDataUrl: this.modelDataUrl,
      pointersUri: this.pointersUri,
      pipelineArn: this.pipelineArn,
      pipelineName: this.pipelineName,
      roleArn: this.roleArn,
      startFunctionName: this.startFunctionName,
      startFunctionArn: this.startFunctionArn,
      image: this.image,
    });
  }
}
