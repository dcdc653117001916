import { s3LocationOf } from "../../../contracts/s3Location";
import { GraphInputs } from "../graphInputs";
import { HostedModel } from "../hosting/hostedModel";
import { hostingIdentity } from "../hosting/hostingIdentity";
import { serveHosting } from "../hosting/serveHosting";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** A model of SageMaker: what an endpoint's container runs and reads. */
export const kind: ResourceKind = {
  types: ["aws:sagemaker/model:Model"],

  identify: (registration, cloud) => hostingIdentity(registration, cloud, "model"),

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const { name, arn } = GraphInputs.ofOutputs(resource).pick("name", "arn");
    const listed = inputs.objects("containers");
    if (listed.length > 1) {
      throw new LocalPlaneError("UnsupportedModel", `one container runs here, and it has ${listed.length}`);
    }
    const [container = inputs.object("primaryContainer")] = listed;
    const mode = container.text("mode") ?? "SingleModel";
    const modelDataUrl = container.text("modelDataUrl");
    const modelData = modelDataUrl === undefined ? undefined : s3LocationOf(modelDataUrl);
    if (mode !== "SingleModel" && mode !== "MultiModel") {
      throw new LocalPlaneError("UnusableInput", "mode must be SingleModel or MultiModel");
    }
    if (modelData === undefined && (modelDataUrl !== undefined || mode === "MultiModel")) {
      throw new LocalPlaneError("UnusableInput", "modelDataUrl must be an address of S3");
    }
    const model = new HostedModel({
      name,
      arn,
      roleArn: inputs.text("executionRoleArn"),
      image: container.requiredText("image"),
      mode,
      modelDataUrl,
      modelData,
      environment: container.object("environment").texts(),
      cachesModels: container.object("multiModelConfig").text("modelCacheSetting") !== "Disabled",
    });
    plane.register(model, arn);
    serveHosting(plane);
  },
};
