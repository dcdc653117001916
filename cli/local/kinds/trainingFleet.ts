import { GraphInputs } from "../graphInputs";
import { LocalFleet } from "../localFleet";
import type { ResourceKind } from "../resourceKind";

/** A TrainingFleet. */
export const kind: ResourceKind = {
  types: ["frugal-ml:index:TrainingFleet"],

  async start(resource, plane) {
    const outputs = GraphInputs.ofOutputs(resource);
    const { name, urn } = resource;
    const required = outputs.pick("fleetUri", "pipelineArn", "startFunctionArn");
    plane.register(new LocalFleet({ name, dataUri: outputs.text("dataUri"), ...required }), urn);
  },
};
