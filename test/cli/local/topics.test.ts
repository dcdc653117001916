import { deepEqual } from "node:assert/strict";
import { LocalTopic } from "../../../cli/local/sns/localTopic";
import { LocalQueue } from "../../../cli/local/sqs/localQueue";
import { handmadePlane } from "./handmadePlane";

describe("cli/local/kinds: topics", () => {
  it("tell the queues that subscribe, and say what they do not deliver to", async () => {
    const plane = await handmadePlane((stack) => {
      const topic = String(stack.add("aws:sns/topic:Topic", "answers", {}).outputs?.["arn"]);
      const endpoint = String(stack.add("aws:sqs/queue:Queue", "answered", {}).outputs?.["arn"]);
      const subscribe = (name: string, rest: Record<string, string | boolean>): void => {
        stack.add("aws:sns/topicSubscription:TopicSubscription", name, { topic, protocol: "sqs", endpoint, ...rest });
      };
      stack.add("aws:sns/topic:Topic", "ordered", { name: "ordered.fifo" });
      subscribe("whole", { rawMessageDelivery: true });
      subscribe("some", { filterPolicy: '{"status":["Failed"]}' });
      subscribe("web", { protocol: "https", endpoint: "https://example.com/" });
      subscribe("away", { endpoint: "arn:aws:sqs:us-east-1:123456789012:elsewhere" });
    });
    try {
      deepEqual(plane.skipped, [
        "ordered: FIFO topics do not run here; standard ones do",
        "some: filterPolicy is not emulated here",
        "web: the protocol https is not delivered to here; sqs is",
        "away: no LocalQueue runs here by the name arn:aws:sqs:us-east-1:123456789012:elsewhere",
      ]);
      plane.find(LocalTopic, "arn:aws:sns:us-east-1:123456789012:answers").publish("done");
      const [queue] = plane.all(LocalQueue);
      deepEqual(
        (await queue?.receive({ max: 10 }))?.map(({ body }) => body),
        ["done"],
      );
    } finally {
      await plane.stop();
    }
  });
});
