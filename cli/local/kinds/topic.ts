import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";
import { LocalTopic } from "../sns/localTopic";

/** A standard topic of SNS, for what services of the plane publish; SNS's own API does not run here. */
export const kind: ResourceKind = {
  types: ["aws:sns/topic:Topic"],

  identify(registration, { partition, region, accountId }) {
    const name = physicalName(registration, "name");
    const arn = `arn:${partition}:sns:${region}:${accountId}:${name}`;
    return { id: arn, outputs: { name, arn } };
  },

  async start(resource, plane) {
    const { name, arn } = GraphInputs.ofOutputs(resource).pick("name", "arn");
    if (name.endsWith(".fifo")) {
      throw new LocalPlaneError("UnsupportedTopic", "FIFO topics do not run here; standard ones do");
    }
    plane.register(new LocalTopic({ name, arn }), arn);
  },
};
