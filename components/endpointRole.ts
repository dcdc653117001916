import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedCapture } from "./checkedEndpointArgs";
import type { CheckedServedArgs } from "./checkedServedArgs";
import { type CloudPlace, cloudPlace } from "./cloudPlace";
import type { EndpointVpcArgs } from "./endpointArgs";
import { endpointRolePolicy } from "./endpointPolicies";
import { imageUri, type ModelImage } from "./modelImage";
import { SAGEMAKER_TRUST_POLICY } from "./sagemakerPolicies";

/** What of an endpoint's arguments its role depends on. */
export interface EndpointRoleSettings extends CheckedServedArgs {
  readonly capture?: CheckedCapture | undefined;
  readonly vpc?: EndpointVpcArgs | undefined;
}

/** What an endpoint's containers reach, besides what every endpoint has. */
export interface EndpointReach {
  readonly images: readonly ModelImage[];
  /** `s3://` addresses that are read: models, and what is asked where it is an object. */
  readonly reads: readonly (pulumi.Input<string> | undefined)[];
  /** `s3://` addresses of folders that answers are written to. Defaults to none. */
  readonly writes?: readonly pulumi.Input<string>[];
  /** ARNs of the SNS topics that hear of answers. Defaults to none. */
  readonly topics?: readonly pulumi.Input<string>[];
  /** Alarms that undo an update; may be none. */
  readonly rollbackAlarms: readonly aws.cloudwatch.MetricAlarm[];
}

/** The role of an endpoint's containers, and its log, which would otherwise be kept for ever. */
export interface EndpointRole {
  readonly role: aws.iam.Role;
  readonly logs: aws.cloudwatch.LogGroup;
  /** What must be there before the endpoint is. */
  readonly needed: readonly pulumi.Resource[];
  /** Where the endpoint stands, which addresses of AWS's own images follow from. */
  readonly place: pulumi.Output<CloudPlace>;
}

/** Makes the log and the role, with what it may do. */
export function endpointRole(
  name: string,
  settings: EndpointRoleSettings,
  reach: EndpointReach,
  parent: pulumi.Resource,
): EndpointRole {
  const { endpointName, capture, kmsKeyArn, vpc, tags } = settings;
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    // SageMaker writes to the group of this name, and creates it without an end to its retention when it is missing.
    { name: `/aws/sagemaker/Endpoints/${endpointName}`, retentionInDays: settings.logRetentionDays, tags },
    { parent },
  );
  const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: SAGEMAKER_TRUST_POLICY, tags }, { parent });
  const place = cloudPlace(logs.arn);
  const known = pulumi.all([
    place,
    pulumi.all(reach.images.map((image) => imageUri(image, place))),
    pulumi.all(reach.reads.flatMap((uri) => uri ?? [])),
    pulumi.all([...(reach.writes ?? [])]),
    pulumi.all([...(reach.topics ?? [])]),
    pulumi.all(reach.rollbackAlarms.map(({ arn }) => arn)),
    pulumi.output(capture?.uri),
    pulumi.output(kmsKeyArn),
  ]);
  const policy = known.apply(([where, images, reads, writes, topics, rollbackAlarms, captureUri, key]) =>
    endpointRolePolicy({
      ...where,
      images,
      reads,
      writes,
      topics,
      endpointName,
      rollbackAlarms,
      captureUri,
      inVpc: vpc !== undefined,
      kmsKeyArn: key,
    }),
  );
  const rolePolicy = new aws.iam.RolePolicy(`${name}-role-policy`, { role: role.id, policy }, { parent });
  return { role, logs, needed: [logs, rolePolicy], place };
}
