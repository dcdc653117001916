import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedEndpointArgs } from "./checkedEndpointArgs";
import { cloudPlace } from "./cloudPlace";
import { endpointRolePolicy } from "./endpointPolicies";
import { SAGEMAKER_TRUST_POLICY } from "./sagemakerPolicies";

/** What an endpoint's containers reach, besides what every endpoint has. */
export interface EndpointReach {
  readonly image: pulumi.Input<string>;
  /** `s3://` addresses of folders that models are read from. */
  readonly models: readonly pulumi.Input<string>[];
  /** Alarms that undo an update; may be none. */
  readonly rollbackAlarms: readonly aws.cloudwatch.MetricAlarm[];
}

/** The role of an endpoint's containers, and its log, which would otherwise be kept for ever. */
export interface EndpointRole {
  readonly role: aws.iam.Role;
  readonly logs: aws.cloudwatch.LogGroup;
  /** What must be there before the endpoint is. */
  readonly needed: readonly pulumi.Resource[];
}

/** Makes the log and the role, with what it may do. */
export function endpointRole(
  name: string,
  checked: CheckedEndpointArgs,
  { image, models, rollbackAlarms }: EndpointReach,
  parent: pulumi.Resource,
): EndpointRole {
  const { endpointName, capture, kmsKeyArn, vpc, tags } = checked;
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    // SageMaker writes to the group of this name, and creates it without an end to its retention when it is missing.
    { name: `/aws/sagemaker/Endpoints/${endpointName}`, retentionInDays: checked.logRetentionDays, tags },
    { parent },
  );
  const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: SAGEMAKER_TRUST_POLICY, tags }, { parent });
  const known = pulumi.all([
    cloudPlace(logs.arn),
    pulumi.output(image),
    pulumi.all([...models]),
    pulumi.all(rollbackAlarms.map(({ arn }) => arn)),
    pulumi.output(capture?.uri),
    pulumi.output(kmsKeyArn),
  ]);
  const policy = known.apply(([place, pulled, folders, watched, captureUri, key]) =>
    endpointRolePolicy({
      ...place,
      image: pulled,
      models: folders,
      endpointName,
      rollbackAlarms: watched,
      captureUri,
      inVpc: vpc !== undefined,
      kmsKeyArn: key,
    }),
  );
  const rolePolicy = new aws.iam.RolePolicy(`${name}-role-policy`, { role: role.id, policy }, { parent });
  return { role, logs, needed: [logs, rolePolicy] };
}
