import { type S3Location, s3LocationOf } from "../../../contracts/s3Location";
import { GraphInputs } from "../graphInputs";
import { type AsyncSettings, HostedConfiguration, type VariantSettings } from "../hosting/hostedConfiguration";
import { hostingIdentity } from "../hosting/hostingIdentity";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** What an endpoint is made of. */
export const kind: ResourceKind = {
  types: ["aws:sagemaker/endpointConfiguration:EndpointConfiguration"],

  identify: (registration, cloud) => hostingIdentity(registration, cloud, "endpoint-config"),

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const { name, arn } = GraphInputs.ofOutputs(resource).pick("name", "arn");
    const variants = inputs.objects("productionVariants").map(variantOf);
    if (variants.length === 0) {
      throw new LocalPlaneError("UnusableInput", "productionVariants must have a variant");
    }
    const shadows = inputs.objects("shadowProductionVariants").map(variantOf);
    const output = inputs.object("asyncInferenceConfig").object("outputConfig").text("s3OutputPath");
    const asynchronous = output === undefined ? undefined : asyncOf(inputs.object("asyncInferenceConfig"), output);
    plane.register(new HostedConfiguration(name, arn, variants, shadows, asynchronous), arn);
  },
};

function variantOf(variant: GraphInputs, index: number): VariantSettings {
  const serverless = variant.object("serverlessConfig");
  const memoryMb = serverless.number("memorySizeInMb");
  return {
    // The provider makes up a name, too.
    variantName: variant.text("variantName") ?? `variant-${index + 1}`,
    modelName: variant.requiredText("modelName"),
    instanceType: variant.text("instanceType"),
    initialInstanceCount: variant.number("initialInstanceCount"),
    weight: variant.number("initialVariantWeight") ?? 1,
    ...(memoryMb !== undefined && {
      serverless: {
        memoryMb,
        maxConcurrency: serverless.number("maxConcurrency") ?? 1,
        provisioned: serverless.number("provisionedConcurrency"),
      },
    }),
  };
}

function asyncOf(config: GraphInputs, output: string): AsyncSettings {
  const outputConfig = config.object("outputConfig");
  const failure = outputConfig.text("s3FailurePath");
  const notification = outputConfig.object("notificationConfig");
  const included = notification.textList("includeInferenceResponseIns");
  return {
    output: locationOf("s3OutputPath", output),
    failure: failure === undefined ? undefined : locationOf("s3FailurePath", failure),
    successTopic: notification.text("successTopic"),
    errorTopic: notification.text("errorTopic"),
    successCarriesAnswer: included.includes("SUCCESS_NOTIFICATION_TOPIC"),
    errorCarriesAnswer: included.includes("ERROR_NOTIFICATION_TOPIC"),
    concurrent: config.object("clientConfig").number("maxConcurrentInvocationsPerInstance"),
  };
}

function locationOf(property: string, uri: string): S3Location {
  const location = s3LocationOf(uri);
  if (location === undefined) throw new LocalPlaneError("UnusableInput", `${property} must be an address of S3`);
  return location;
}
