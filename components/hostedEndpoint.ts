import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CheckedCapture } from "./checkedEndpointArgs";
import type { CheckedServedArgs } from "./checkedServedArgs";
import { type HostedVariant, takesVolumeKey, variantInputs } from "./hostedVariant";

/** What of an endpoint's arguments its configuration and updates depend on. */
export interface HostingSettings extends CheckedServedArgs {
  readonly volumeSizeGb?: number;
  readonly canaryPercent?: number;
  readonly capture?: CheckedCapture | undefined;
}

/** What an endpoint hosts, and what watches its updates. */
export interface HostedEndpointOptions {
  /** One at least. */
  readonly variants: readonly HostedVariant[];
  /** Hears what the one variant is asked, and is never answered from. */
  readonly shadow?: HostedVariant;
  readonly asyncInference?: aws.types.input.sagemaker.EndpointConfigurationAsyncInferenceConfig;
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
  settings: HostingSettings,
  { variants, shadow, asyncInference, rollbackAlarms, needed }: HostedEndpointOptions,
  parent: pulumi.Resource,
): aws.sagemaker.Endpoint {
  const { capture, kmsKeyArn, volumeSizeGb, tags } = settings;
  const hosted = shadow === undefined ? variants : [...variants, shadow];
  const configuration = new aws.sagemaker.EndpointConfiguration(
    `${name}-config`,
    {
      productionVariants: variants.map((variant) => variantInputs(variant, volumeSizeGb)),
      ...(shadow !== undefined && { shadowProductionVariants: [variantInputs(shadow, volumeSizeGb)] }),
      // SageMaker refuses a key for instances whose storage is their own, which is encrypted anyway.
      ...(kmsKeyArn !== undefined && hosted.every(takesVolumeKey) && { kmsKeyArn }),
      ...(asyncInference !== undefined && { asyncInferenceConfig: asyncInference }),
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
    // Every change replaces it, which protection would refuse; the endpoint that it is for stays protected.
    { parent, protect: false },
  );
  return new aws.sagemaker.Endpoint(
    `${name}-endpoint`,
    {
      name: settings.endpointName,
      endpointConfigName: configuration.name,
      deploymentConfig: {
        blueGreenUpdatePolicy: {
          trafficRoutingConfiguration: trafficRouting(settings, variants),
          terminationWaitInSeconds: settings.bakeSeconds,
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

function trafficRouting(
  { canaryPercent = 0, bakeSeconds }: HostingSettings,
  variants: readonly HostedVariant[],
): aws.types.input.sagemaker.EndpointDeploymentConfigBlueGreenUpdatePolicyTrafficRoutingConfiguration {
  const fewest = Math.min(...variants.map(({ instances }) => instances?.count ?? 0));
  // A canary has at most half of the instances (deployment-guardrails-blue-green-canary.html): one cannot be shared.
  return fewest < 2
    ? { type: "ALL_AT_ONCE", waitIntervalInSeconds: bakeSeconds }
    : {
        type: "CANARY",
        // Counted here: a share of two instances may be less than one, and what SageMaker makes of that it does not say.
        canarySize: { type: "INSTANCE_COUNT", value: Math.max(1, Math.floor((fewest * canaryPercent) / 100)) },
        waitIntervalInSeconds: bakeSeconds,
      };
}
