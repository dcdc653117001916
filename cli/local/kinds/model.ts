import { s3LocationOf } from "../../../contracts/s3Location";
import { GraphInputs } from "../graphInputs";
import { HostedModel, type ModelContainerSettings } from "../hosting/hostedModel";
import { hostingIdentity } from "../hosting/hostingIdentity";
import { serveHosting } from "../hosting/serveHosting";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** A model of SageMaker: what an endpoint's containers run and read. */
export const kind: ResourceKind = {
  types: ["aws:sagemaker/model:Model"],

  identify: (registration, cloud) => hostingIdentity(registration, cloud, "model"),

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const { name, arn } = GraphInputs.ofOutputs(resource).pick("name", "arn");
    const listed = inputs.objects("containers");
    const containers = listed.length === 0 ? [inputs.object("primaryContainer")] : listed;
    const order = inputs.object("inferenceExecutionConfig").text("mode") ?? "Serial";
    if (order !== "Serial" && order !== "Direct") {
      throw new LocalPlaneError("UnusableInput", "inferenceExecutionConfig must have the mode Serial or Direct");
    }
    const roleArn = inputs.text("executionRoleArn");
    const model = new HostedModel({ name, arn, roleArn, containers: containers.map(containerOf), order });
    plane.register(model, arn);
    serveHosting(plane);
  },
};

function containerOf(container: GraphInputs): ModelContainerSettings {
  const mode = container.text("mode") ?? "SingleModel";
  const modelDataUrl = container.text("modelDataUrl");
  const modelData = modelDataUrl === undefined ? undefined : s3LocationOf(modelDataUrl);
  if (mode !== "SingleModel" && mode !== "MultiModel") {
    throw new LocalPlaneError("UnusableInput", "mode must be SingleModel or MultiModel");
  }
  if (modelData === undefined && (modelDataUrl !== undefined || mode === "MultiModel")) {
    throw new LocalPlaneError("UnusableInput", "modelDataUrl must be an address of S3");
  }
  return {
    hostname: container.text("containerHostname"),
    image: container.requiredText("image"),
    mode,
    modelDataUrl,
    modelData,
    environment: container.object("environment").texts(),
    cachesModels: container.object("multiModelConfig").text("modelCacheSetting") !== "Disabled",
  };
}
