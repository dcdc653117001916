import { BucketNotification } from "../bucketNotification";
import { GraphInputs } from "../graphInputs";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";
import { LocalQueue } from "../sqs/localQueue";

/** The notifications of a bucket that go to queues. */
export const kind: ResourceKind = {
  types: ["aws:s3/bucketNotification:BucketNotification"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const bucket = inputs.requiredText("bucket");
    if (!plane.store.hasBucket(bucket)) throw new LocalPlaneError("NotRunning", `no bucket ${bucket} runs here`);
    const rules = inputs.objects("queues").map((queue, index) => ({
      id: queue.text("id") ?? `tf-s3-queue-${index}`,
      queue: plane.find(LocalQueue, queue.requiredText("queueArn")),
      events: queue.textList("events"),
      prefix: queue.text("filterPrefix") ?? "",
      suffix: queue.text("filterSuffix") ?? "",
    }));
    plane.register(new BucketNotification(bucket, rules, plane.cloud, plane.store), resource.urn);
  },
};
