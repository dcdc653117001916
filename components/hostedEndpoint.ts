import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CheckedEndpointArgs } from "./checkedEndpointArgs";
import { hasLocalStorage } from "./instanceTypes";

/**
 * Name of the variant of every endpoint. It never changes: SageMaker shifts traffic step by step only between variants of
 * the same name, and scaling is registered by it.
 */
export const VARIANT = "AllTraffic";

/** What an endpoint hosts, and what watches its updates. */
export interface HostedEndpointOptions {
  readonly model: aws.sagemaker.Model;
  /** Alarms that undo an update; may be none. */
  readonly rollbackAlarms: readonly aws.cloudwatch.MetricAlarm[];
  /** What must be there before the endpoint is. */
  readonly needed: readonly pulumi.Resource[];
}

/**
 * A configuration and the endpoint that has it. The configuration takes a new name whenever it changes and goes only
 * after the endpoint has moved on, so an update neither collides nor takes the endpoint down; the endpoint keeps its
 * name.
 */
export function hostedEndpoint(
  name: string,
  checked: CheckedEndpointArgs,
  { model, rollbackAlarms, needed }: HostedEndpointOptions,
  parent: pulumi.Resource,
): aws.sagemaker.Endpoint {
  const { instanceType, capture, kmsKeyArn, tags } = checked;
  const ownStorage = hasLocalStorage(instanceType);
  const configuration = new aws.sagemaker.EndpointConfiguration(
    `${name}-config`,
    {
      productionVariants: [
        {
          variantName: VARIANT,
          modelName: model.name,
          instanceType,
          initialInstanceCount: checked.minInstances,
          initialVariantWeight: 1,
          ...(!ownStorage && { volumeSizeInGb: checked.volumeSizeGb }),
        },
      ],
      // SageMaker refuses a key for instances whose storage is their own, which is encrypted anyway.
      ...(!ownStorage && kmsKeyArn !== undefined && { kmsKeyArn }),
      ...(capture !== undefined && {
        dataCaptureConfig: {
          enableCapture: true,
          initialSamplingPercentage: capture.percent,
          destinationS3Uri: capture.uri,
          captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
          captureContentTypeHeader: { csvContentTypes: ["text/csv"], jsonContentTypes: ["application/json"] },
          ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
        },
      }),
      tags,
    },
    { parent },
  );
  return new aws.sagemaker.Endpoint(
    `${name}-endpoint`,
    {
      name: checked.endpointName,
      endpointConfigName: configuration.name,
      deploymentConfig: {
        blueGreenUpdatePolicy: {
          trafficRoutingConfiguration: trafficRouting(checked),
          terminationWaitInSeconds: checked.bakeSeconds,
        },
        ...(rollbackAlarms.length > 0 && {
          autoRollbackConfiguration: { alarms: rollbackAlarms.map((alarm) => ({ alarmName: alarm.name })) },
        }),
      },
      tags,
    },
    { parent, dependsOn: [...needed] },
  );
}

function trafficRouting({
  minInstances,
  canaryPercent,
  bakeSeconds,
}: CheckedEndpointArgs): aws.types.input.sagemaker.EndpointDeploymentConfigBlueGreenUpdatePolicyTrafficRoutingConfiguration {
  // A canary has at most half of the instances (deployment-guardrails-blue-green-canary.html): one cannot be shared.
  return minInstances < 2
    ? { type: "ALL_AT_ONCE", waitIntervalInSeconds: bakeSeconds }
    : {
        type: "CANARY",
        // Counted here: a share of two instances may be less than one, and what SageMaker makes of that it does not say.
        canarySize: { type: "INSTANCE_COUNT", value: Math.max(1, Math.floor((minInstances * canaryPercent) / 100)) },
        waitIntervalInSeconds: bakeSeconds,
      };
}
