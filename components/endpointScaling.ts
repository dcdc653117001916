import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedEndpointArgs } from "./checkedEndpointArgs";
import { VARIANT } from "./hostedEndpoint";

/** Adds and removes instances with the traffic, within the bounds; nothing is made when both bounds are the same. */
export function endpointScaling(
  name: string,
  checked: CheckedEndpointArgs,
  endpoint: aws.sagemaker.Endpoint,
  parent: pulumi.Resource,
): void {
  const { minInstances, maxInstances, tags } = checked;
  if (maxInstances === minInstances) return;
  const target = new aws.appautoscaling.Target(
    `${name}-scaling`,
    {
      serviceNamespace: "sagemaker",
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
      resourceId: pulumi.interpolate`endpoint/${endpoint.name}/variant/${VARIANT}`,
      minCapacity: minInstances,
      maxCapacity: maxInstances,
      tags,
    },
    { parent },
  );
  new aws.appautoscaling.Policy(
    `${name}-scaling-policy`,
    {
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
        targetValue: checked.targetInvocations,
        scaleInCooldown: checked.scaleInCooldownSeconds,
        scaleOutCooldown: checked.scaleOutCooldownSeconds,
      },
    },
    { parent },
  );
}
