import { GraphInputs } from "../graphInputs";
import { LocalPooledModel } from "../localPooledModel";
import type { ResourceKind } from "../resourceKind";

/** A PooledModel. */
export const kind: ResourceKind = {
  types: ["frugal-ml:index:PooledModel"],

  async start(resource, plane) {
    const outputs = GraphInputs.ofOutputs(resource);
    const { name, urn } = resource;
    const settings = outputs.pick(
      "modelDataUrl",
      "endpointName",
      "laterEndpointName",
      "askedUri",
      "pipelineName",
      "nightlyAskedUri",
      "nightlyAnsweredUri",
    );
    const pipelineParameters = outputs.object("pipelineParameters").texts();
    plane.register(new LocalPooledModel({ name, ...settings, pipelineParameters }), urn);
  },
};
