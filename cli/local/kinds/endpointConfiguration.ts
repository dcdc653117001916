import { GraphInputs } from "../graphInputs";
import { HostedConfiguration } from "../hosting/hostedConfiguration";
import { hostingIdentity } from "../hosting/hostingIdentity";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** What an endpoint is made of. */
export const kind: ResourceKind = {
  types: ["aws:sagemaker/endpointConfiguration:EndpointConfiguration"],

  identify: (registration, cloud) => hostingIdentity(registration, cloud, "endpoint-config"),

  async start(resource, plane) {
    const { name, arn } = GraphInputs.ofOutputs(resource).pick("name", "arn");
    const variants = GraphInputs.of(resource)
      .objects("productionVariants")
      .map((variant, index) => ({
        // The provider makes up a name, too.
        variantName: variant.text("variantName") ?? `variant-${index + 1}`,
        modelName: variant.requiredText("modelName"),
        instanceType: variant.text("instanceType"),
        initialInstanceCount: variant.number("initialInstanceCount"),
        weight: variant.number("initialVariantWeight") ?? 1,
      }));
    if (variants.length === 0) {
      throw new LocalPlaneError("UnusableInput", "productionVariants must have a variant");
    }
    plane.register(new HostedConfiguration(name, arn, variants), arn);
  },
};
