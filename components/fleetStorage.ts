import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FLEET_OBJECT, FleetFolder } from "../contracts/fleetLayout";
import type { CheckedTrainingFleetArgs } from "./checkedFleetArgs";
import { privateBucket } from "./privateBucket";
import type { TrainingFleetArgs } from "./trainingFleetArgs";

/** Days in which what was overwritten or deleted can be brought back; erased customers are gone after them. */
const SUPERSEDED_DAYS = 7;

/** Where a fleet keeps what. */
export interface FleetStorage {
  /** Name of the bucket. */
  readonly bucket: pulumi.Output<string>;
  /** `s3://` address of the fleet's folder, with a slash at its end. */
  readonly fleetUri: pulumi.Output<string>;
  /** `s3://` address of the dataset; undefined when nothing is split. */
  readonly dataUri: pulumi.Output<string> | undefined;
}

/** The bucket, unless it is given, and the one object in it that is there before the first run. */
export function fleetStorage(
  name: string,
  args: TrainingFleetArgs,
  checked: CheckedTrainingFleetArgs,
  parent: pulumi.Resource,
): FleetStorage {
  const { folder, kmsKeyArn, tags } = checked;
  const bucket =
    args.bucket === undefined
      ? privateBucket(
          `${name}-bucket`,
          { forceDestroy: args.forceDestroy ?? false, tags, kmsKeyArn, lifecycleRules: lifecycleRules(checked) },
          parent,
        ).id
      : pulumi.output(args.bucket);
  if (checked.pipeline.split) {
    // A processing job refuses an input folder without objects, and before the first version there is no other.
    new aws.s3.BucketObjectv2(
      `${name}-state`,
      {
        bucket,
        key: `${folder}${FleetFolder.State}${FLEET_OBJECT}`,
        content: JSON.stringify({ schema: 1, fleet: name }),
        contentType: "application/json",
        ...(kmsKeyArn !== undefined && { serverSideEncryption: "aws:kms", kmsKeyId: kmsKeyArn }),
      },
      { parent },
    );
  }
  const fleetUri = pulumi.interpolate`s3://${bucket}/${folder}`;
  const ownData = pulumi.interpolate`${fleetUri}${FleetFolder.Data}`;
  const dataUri = checked.dataUri === undefined ? ownData : pulumi.output(checked.dataUri);
  return { bucket, fleetUri, dataUri: checked.pipeline.split ? dataUri : undefined };
}

function lifecycleRules({ runRetentionDays }: CheckedTrainingFleetArgs) {
  return [
    {
      id: "working-files",
      status: "Enabled",
      filter: { prefix: FleetFolder.Runs },
      expiration: { days: runRetentionDays },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
    },
    {
      id: "superseded-versions",
      status: "Enabled",
      filter: { prefix: "" },
      expiration: { expiredObjectDeleteMarker: true },
      noncurrentVersionExpiration: { noncurrentDays: SUPERSEDED_DAYS },
    },
  ];
}
