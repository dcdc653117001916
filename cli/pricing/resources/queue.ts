import type { GraphResource } from "../../../contracts/graph";
import { inputAt } from "../../quotas/graphInput";
import type { ChargeOrNot } from "../charge";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";
import { ACCESS_POINT_COMPONENT } from "./imageDeliveries";
import type { PricedKind } from "./pricedKind";

/** A queue of SQS: the requests that its messages take, and those of a function that polls it and finds nothing. */
export const queue: PricedKind = {
  types: ["aws:sqs/queue:Queue"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const { requestsPerMessage, emptyReceives } = stack.usage.queues;
    const polled =
      stack.dependents(resource, "aws:lambda/eventSourceMapping:EventSourceMapping", "eventSourceArn").length > 0;
    const busy = messages(resource, stack).times(requestsPerMessage);
    const requests = polled ? busy.plus(emptyReceives) : busy;
    const fifo = inputAt(resource.inputs, "fifoQueue") === true;
    return [
      {
        what: "requests",
        service: "AWSQueueService",
        usageType: fifo ? "Requests-FIFO-Tier1" : "Requests-Tier1",
        quantity: stack.quantity(resource, "requests", requests),
        basis: "per-use",
      },
    ];
  },
};

function messages(resource: GraphResource, stack: PricedStack): Range {
  const { queues, images } = stack.usage;
  const feeders = stack.dependents(resource, "aws:sqs/queue:Queue", "redrivePolicy");
  // Dead letters: none while everything goes well, and every message when nothing does.
  if (feeders.length > 0) {
    const most = Range.sum(feeders.map((feeder) => messages(feeder, stack)));
    return Range.of(0, 0, most.high);
  }
  const notified = stack.dependents(resource, "aws:s3/bucketNotification:BucketNotification").length > 0;
  const ofImages = notified && stack.parentOf(resource, ACCESS_POINT_COMPONENT) !== undefined;
  return ofImages ? images.perMonth : queues.messages;
}
