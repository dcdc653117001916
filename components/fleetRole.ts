import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedTrainingFleetArgs } from "./checkedFleetArgs";
import type { CloudPlace } from "./cloudPlace";
import { fleetRolePolicy } from "./fleetPolicies";
import type { FleetStorage } from "./fleetStorage";
import { SAGEMAKER_TRUST_POLICY } from "./sagemakerPolicies";

/** The role of pipeline and jobs. */
export interface FleetRole {
  readonly role: aws.iam.Role;
  readonly rolePolicy: aws.iam.RolePolicy;
}

/** The role that the pipeline and its jobs take, with what they may do. */
export function fleetRole(
  name: string,
  { channels, image, kmsKeyArn, pipeline, tags }: CheckedTrainingFleetArgs,
  { storage, place }: { readonly storage: FleetStorage; readonly place: pulumi.Output<CloudPlace> },
  parent: pulumi.Resource,
): FleetRole {
  const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: SAGEMAKER_TRUST_POLICY, tags }, { parent });
  const inputs = [...(storage.dataUri === undefined ? [] : [storage.dataUri]), ...Object.values(channels)];
  const { split, vpc } = pipeline;
  const known = pulumi.all([role.arn, image, storage.fleetUri, pulumi.all(inputs), pulumi.output(kmsKeyArn)]);
  const policy = pulumi.all([place, known]).apply(([cloud, [roleArn, pulled, fleetUri, read, key]]) =>
    fleetRolePolicy({
      ...cloud,
      roleArn,
      image: pulled,
      fleetUri,
      split,
      inputs: read,
      inVpc: vpc !== undefined,
      kmsKeyArn: key,
    }),
  );
  const rolePolicy = new aws.iam.RolePolicy(`${name}-role-policy`, { role: role.id, policy }, { parent });
  return { role, rolePolicy };
}
