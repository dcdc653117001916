import { reveal } from "../../../contracts/graph";
import { GraphInputs } from "../graphInputs";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";
import { LocalTopic } from "../sns/localTopic";
import { LocalQueue } from "../sqs/localQueue";

/** A queue that hears what a topic says. Nothing leaves this machine: subscriptions of other protocols are skipped. */
export const kind: ResourceKind = {
  types: ["aws:sns/topicSubscription:TopicSubscription"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const protocol = inputs.requiredText("protocol");
    if (protocol !== "sqs") {
      throw new LocalPlaneError("UnsupportedSubscription", `the protocol ${protocol} is not delivered to here; sqs is`);
    }
    if (inputs.text("filterPolicy") !== undefined) {
      throw new LocalPlaneError("UnsupportedSubscription", "filterPolicy is not emulated here");
    }
    const topic = plane.find(LocalTopic, inputs.requiredText("topic"));
    const queue = plane.find(LocalQueue, inputs.requiredText("endpoint"));
    topic.subscribe(queue, reveal(resource.inputs["rawMessageDelivery"]) === true);
  },
};
