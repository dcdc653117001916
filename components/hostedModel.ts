import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CheckedModelSource } from "./checkedModelSource";
import type { CloudPlace } from "./cloudPlace";
import type { EndpointVpcArgs } from "./endpointArgs";
import { imageUri } from "./modelImage";

/** A container of a model, as the provider takes it. */
export type ModelContainer = aws.types.input.sagemaker.ModelContainer;

/** How several containers answer: the one that is asked, or one after another. */
export const ContainerOrder = { Direct: "Direct", Serial: "Serial" } as const;
export type ContainerOrder = (typeof ContainerOrder)[keyof typeof ContainerOrder];

/** What a model is made of, and what it stands on. */
export interface HostedModelOptions {
  readonly role: aws.iam.Role;
  /** What must be there before: SageMaker looks whether the role can read image and models when it creates the model. */
  readonly needed: readonly pulumi.Resource[];
  readonly containers: readonly ModelContainer[];
  /** Only of several containers. */
  readonly order?: ContainerOrder;
  readonly vpc?: EndpointVpcArgs | undefined;
  /** Left out where SageMaker refuses it. */
  readonly networkIsolation?: boolean;
  readonly tags: Record<string, string>;
}

/** Makes a model. */
export function hostedModel(name: string, options: HostedModelOptions, parent: pulumi.Resource): aws.sagemaker.Model {
  const { role, needed, containers, order, vpc, networkIsolation, tags } = options;
  const [primaryContainer] = containers;
  return new aws.sagemaker.Model(
    name,
    {
      executionRoleArn: role.arn,
      ...(networkIsolation !== undefined && { enableNetworkIsolation: networkIsolation }),
      ...(order === undefined
        ? primaryContainer && { primaryContainer }
        : { containers: [...containers], inferenceExecutionConfig: { mode: order } }),
      ...(vpc && { vpcConfig: { subnets: vpc.subnetIds, securityGroupIds: vpc.securityGroupIds } }),
      tags,
    },
    // A new image or archive replaces the model, which protection would refuse; the endpoint stays protected.
    { parent, dependsOn: [...needed], protect: false },
  );
}

/** The container of a source. */
export function modelContainer(
  { image, modelDataUrl, multiModel, environment }: CheckedModelSource,
  place: pulumi.Output<CloudPlace>,
): ModelContainer {
  return {
    image: imageUri(image, place),
    ...(multiModel && { mode: "MultiModel" }),
    ...(modelDataUrl !== undefined && { modelDataUrl }),
    ...(Object.keys(environment).length > 0 && { environment }),
  };
}
