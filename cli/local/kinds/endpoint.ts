import type { LocalEndpointEntry } from "../../../contracts/localManifest";
import { GraphInputs } from "../graphInputs";
import { HostedConfiguration } from "../hosting/hostedConfiguration";
import { HostedModel, type HostedModelSettings } from "../hosting/hostedModel";
import { hostingArn, hostingIdentity } from "../hosting/hostingIdentity";
import { LocalEndpoint } from "../hosting/localEndpoint";
import { serveHosting } from "../hosting/serveHosting";
import type { LocalPlane } from "../localPlane";
import type { ResourceKind } from "../resourceKind";

/** An endpoint of SageMaker: its containers are processes of this machine. */
export const kind: ResourceKind = {
  types: ["aws:sagemaker/endpoint:Endpoint"],

  identify: (registration, cloud) => hostingIdentity(registration, cloud, "endpoint"),

  async start(resource, plane) {
    const configurationName = GraphInputs.of(resource).requiredText("endpointConfigName");
    const { name, arn } = GraphInputs.ofOutputs(resource).pick("name", "arn");
    const configuration = plane.find(
      HostedConfiguration,
      hostingArn(plane.cloud, "endpoint-config", configurationName),
    );
    const models = new Map(
      configuration.variants.map(({ modelName }) => {
        return [modelName, plane.find(HostedModel, hostingArn(plane.cloud, "model", modelName)).settings];
      }),
    );
    plane.register(new LocalEndpoint({ plane, name, arn, configuration, models }), arn);
    serveHosting(plane);
    const [variant] = configuration.variants;
    const model = models.get(variant?.modelName ?? "");
    if (model !== undefined) plane.describe("endpoints", entry(plane, name, variant?.variantName, model));
  },
};

/** Models appear while the plane runs: they are counted when the manifest is read. */
function entry(
  plane: LocalPlane,
  name: string,
  variant: string | undefined,
  { mode, modelData, modelDataUrl }: HostedModelSettings,
): LocalEndpointEntry {
  const common = {
    name,
    ...(modelDataUrl !== undefined && { modelDataUrl }),
    ...(variant !== undefined && { variant }),
  };
  if (mode === "SingleModel" || modelData === undefined) return { kind: "real-time", ...common };
  const { bucket, prefix } = modelData;
  return {
    kind: "multi-model",
    ...common,
    get models() {
      return plane.store.hasBucket(bucket) ? countModels(plane, bucket, prefix) : 0;
    },
  };
}

function countModels(plane: LocalPlane, bucket: string, prefix: string): number {
  const { keys } = plane.store.bucket(bucket).index;
  let count = 0;
  for (let index = 0; index < keys.length; index++) {
    const key = keys.at(index) ?? "";
    if (key.startsWith(prefix) && key.endsWith(".tar.gz")) count++;
  }
  return count;
}
