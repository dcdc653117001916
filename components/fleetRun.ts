import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PipelineParameter } from "../contracts/fleetLayout";
import type { CheckedTrainingFleetArgs } from "./checkedFleetArgs";
import { numberedParameter } from "./fleetParameters";
import { fleetPipelineDefinition } from "./fleetPipeline";
import type { FleetRole } from "./fleetRole";
import type { FleetStorage } from "./fleetStorage";
import { physicalName } from "./physicalName";
import type { TrainingFleetArgs } from "./trainingFleetArgs";

/** What a run of a fleet goes through, and what it is given. */
export interface FleetRun {
  readonly pipeline: aws.sagemaker.Pipeline;
  /** Values of the pipeline's parameters by name. */
  readonly parameters: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The pipeline, and what only the cloud knows of it. */
export function fleetRun(
  name: string,
  args: TrainingFleetArgs,
  checked: CheckedTrainingFleetArgs,
  { storage, role: { role, rolePolicy } }: { readonly storage: FleetStorage; readonly role: FleetRole },
  parent: pulumi.Resource,
): FleetRun {
  const { kmsKeyArn, tags } = checked;
  const pipelineName = physicalName(name);
  const pipeline = new aws.sagemaker.Pipeline(
    `${name}-pipeline`,
    {
      pipelineName,
      pipelineDisplayName: pipelineName,
      pipelineDescription: `Trains the models of ${name}.`,
      pipelineDefinition: fleetPipelineDefinition(checked.pipeline),
      roleArn: role.arn,
      tags,
    },
    { parent, dependsOn: [rolePolicy] },
  );
  const parameters = {
    [PipelineParameter.RoleArn]: role.arn,
    [PipelineParameter.ImageUri]: checked.image,
    ...(storage.dataUri !== undefined && { [PipelineParameter.DataUri]: storage.dataUri }),
    [PipelineParameter.FleetUri]: storage.fleetUri,
    ...(kmsKeyArn !== undefined && { [PipelineParameter.KmsKeyArn]: kmsKeyArn }),
    ...numbered(Object.values(checked.channels), numberedParameter.channelUri),
    ...numbered(args.vpc?.subnetIds ?? [], numberedParameter.subnetId),
    ...numbered(args.vpc?.securityGroupIds ?? [], numberedParameter.securityGroupId),
  };
  return { pipeline, parameters };
}

function numbered(
  values: readonly pulumi.Input<string>[],
  nameOf: (index: number) => string,
): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(values.map((value, index) => [nameOf(index), value]));
}

/** Says at preview when there are more instances than customers. */
export function warnOfIdleInstances(instances: number, expected: number | undefined, component: pulumi.Resource): void {
  if (expected === undefined || instances <= expected) return;
  const fleet = `${instances} instances for ${expected} expected ${expected === 1 ? "customer" : "customers"}`;
  void pulumi.log.warn(`${fleet}: ${instances - expected} will be idle, and billed.`, component);
}
