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
      [...configuration.variants, ...configuration.shadows].map(({ modelName }) => {
        return [modelName, plane.find(HostedModel, hostingArn(plane.cloud, "model", modelName)).settings];
      }),
    );
    const endpoint = new LocalEndpoint({ plane, name, arn, configuration, models });
    plane.register(endpoint, arn);
    serveHosting(plane);
    const [variant] = configuration.variants;
    const model = models.get(variant?.modelName ?? "");
    if (model !== undefined) plane.describe("endpoints", entry(plane, endpoint, model));
  },
};

/** Models appear while the plane runs: they are counted when the manifest is read. */
function entry(
  plane: LocalPlane,
  { settings, kind: how, async }: LocalEndpoint,
  { containers, order }: HostedModelSettings,
): LocalEndpointEntry {
  const [variant] = settings.configuration.variants;
  const [{ mode, modelData, modelDataUrl } = NO_CONTAINER] = containers;
  const common = {
    name: settings.name,
    ...(modelDataUrl !== undefined && { modelDataUrl }),
    ...(variant !== undefined && { variant: variant.variantName }),
  };
  if (containers.length > 1) return { kind: order === "Direct" ? "multi-container" : "inference-pipeline", ...common };
  if (async !== undefined) {
    const { bucket, prefix } = async.output;
    return { kind: how, ...common, outputUri: `s3://${bucket}/${prefix}` };
  }
  if (mode === "SingleModel" || modelData === undefined) return { kind: how, ...common };
  const { bucket, prefix } = modelData;
  return {
    kind: "multi-model",
    ...common,
    get models() {
      return plane.store.hasBucket(bucket) ? countModels(plane, bucket, prefix) : 0;
    },
  };
}

const NO_CONTAINER = { mode: "SingleModel", modelData: undefined, modelDataUrl: undefined } as const;

function countModels(plane: LocalPlane, bucket: string, prefix: string): number {
  const { keys } = plane.store.bucket(bucket).index;
  let count = 0;
  for (let index = 0; index < keys.length; index++) {
    const key = keys.at(index) ?? "";
    if (key.startsWith(prefix) && key.endsWith(".tar.gz")) count++;
  }
  return count;
}
