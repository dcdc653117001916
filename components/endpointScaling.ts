import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { VARIANT, variantPart } from "./hostedVariant";

/** What of an endpoint is scaled, and between which bounds. */
export interface ScaledVariant {
  /** Name of the variant. Defaults to that of an endpoint's only one. */
  readonly variant?: string;
  /** What is added and removed. Defaults to instances. */
  readonly dimension?: string;
  readonly least: number;
  readonly most: number;
  readonly tags: Record<string, string>;
}

/** Cooldowns and aim of scaling by the traffic. */
export interface EndpointScalingOptions {
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly targetInvocations: number;
  readonly scaleInCooldownSeconds: number;
  readonly scaleOutCooldownSeconds: number;
  readonly tags: Record<string, string>;
}

/** Instances of a variant, as Application Auto Scaling calls them. */
const INSTANCES = "sagemaker:variant:DesiredInstanceCount";

/** Adds and removes instances with the traffic, within the bounds; nothing is made when both bounds are the same. */
export function endpointScaling(
  name: string,
  options: EndpointScalingOptions,
  endpoint: aws.sagemaker.Endpoint,
  parent: pulumi.Resource,
  variant = VARIANT,
): void {
  const { minInstances, maxInstances, tags } = options;
  if (maxInstances === minInstances) return;
  const target = scalableTarget(name, endpoint, { variant, least: minInstances, most: maxInstances, tags }, parent);
  trackingPolicy(
    variantPart(name, variant),
    target,
    {
      predefinedMetricSpecification: { predefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
      targetValue: options.targetInvocations,
      scaleInCooldown: options.scaleInCooldownSeconds,
      scaleOutCooldown: options.scaleOutCooldownSeconds,
    },
    parent,
  );
}

/** Registers what is scaled. */
export function scalableTarget(
  name: string,
  endpoint: aws.sagemaker.Endpoint,
  { variant = VARIANT, dimension = INSTANCES, least, most, tags }: ScaledVariant,
  parent: pulumi.Resource,
): aws.appautoscaling.Target {
  return new aws.appautoscaling.Target(
    `${variantPart(name, variant)}-scaling`,
    {
      serviceNamespace: "sagemaker",
      scalableDimension: dimension,
      resourceId: pulumi.interpolate`endpoint/${endpoint.name}/variant/${variant}`,
      minCapacity: least,
      maxCapacity: most,
      tags,
    },
    { parent },
  );
}

/** Keeps a metric near a value. */
export function trackingPolicy(
  name: string,
  target: aws.appautoscaling.Target,
  configuration: aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration,
  parent: pulumi.Resource,
): aws.appautoscaling.Policy {
  return new aws.appautoscaling.Policy(
    `${name}-scaling-policy`,
    {
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: configuration,
    },
    { parent },
  );
}
