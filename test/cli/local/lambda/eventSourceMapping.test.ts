import { deepEqual, equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { LocalPlane } from "../../../../cli/local/localPlane";
import { LocalQueue } from "../../../../cli/local/sqs/localQueue";
import { handmadePlane } from "../handmadePlane";
import { planeClient } from "../planeClient";

/** Logs its event, and answers as its messages say: with failures, with nonsense, or not at all. */
const HANDLER = `exports.handler = async ({ Records }) => {
  console.log("EVENT " + JSON.stringify(Records));
  if (Records.some(({ body }) => body === "throw")) throw new Error("thrown");
  if (Records.some(({ body }) => body === "nonsense")) return { batchItemFailures: [{ itemIdentifier: "nobody" }] };
  if (Records.some(({ body }) => body === "nothing")) return undefined;
  const failed = Records.filter(({ body }) => body.startsWith("fail"));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

const QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:changes";

interface EventRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly eventSource: string;
  readonly eventSourceARN: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

describe("cli/local: a bucket notifies a queue, which feeds a function", () => {
  let plane: LocalPlane;
  let client: S3Client;

  async function start(mapping: object = { functionResponseTypes: ["ReportBatchItemFailures"] }): Promise<void> {
    plane = await handmadePlane(async (stack) => {
      stack.add("aws:s3/bucket:Bucket", "photos", {});
      stack.add("aws:sqs/queue:Queue", "dead", {});
      const redrive = { deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:dead", maxReceiveCount: 2 };
      stack.add("aws:sqs/queue:Queue", "changes", {
        visibilityTimeoutSeconds: 60,
        redrivePolicy: JSON.stringify(redrive),
      });
      await stack.lambda("derive", HANDLER, { timeout: 10 });
      stack.add("aws:lambda/eventSourceMapping:EventSourceMapping", "mapping", {
        eventSourceArn: QUEUE_ARN,
        functionName: "derive",
        batchSize: 4,
        scalingConfig: { maximumConcurrency: 2 },
        ...mapping,
      });
      stack.add("aws:s3/bucketNotification:BucketNotification", "notification", {
        bucket: "photos",
        queues: [
          { queueArn: QUEUE_ARN, events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"], filterSuffix: "jpg" },
        ],
      });
    });
    deepEqual(plane.skipped, []);
    client = planeClient(plane);
  }

  afterEach(async () => {
    client?.destroy();
    await plane?.stop();
  });

  const queue = (name: string) => plane.find(LocalQueue, `arn:aws:sqs:us-east-1:123456789012:${name}`);
  const events = (): readonly EventRecord[][] =>
    plane.recentLog.flatMap((line) => {
      const text = /EVENT (.*)/.exec(line)?.[1];
      return text === undefined ? [] : [JSON.parse(text)];
    });
  async function until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 15_000;
    while (!condition()) {
      ok(Date.now() < deadline, plane.recentLog.join("\n"));
      await sleep(20);
    }
  }
  /** Waits until a message was handed over in vain, so often, and has it seen again: a clock would not wait for a busy machine. */
  async function failsAndReturns(body: string, times: number): Promise<void> {
    for (let time = 1; time <= times; time++) {
      const received = (): EventRecord | undefined =>
        events()
          .flat()
          .find((record) => record.body === body && record.attributes.ApproximateReceiveCount === String(time));
      await until(() => received() !== undefined);
      ok(queue("changes").changeVisibility(received()?.receiptHandle ?? "", 0), body);
    }
  }
  const sequencerOf = (event: { Records?: { s3: { object: { sequencer: string } } }[] }): string =>
    event.Records?.[0]?.s3.object.sequencer ?? "";
  const isEmpty = ({ counts }: LocalQueue): boolean => counts.visible + counts.hidden + counts.delayed === 0;

  it("tells of what was asked for, in S3's words, and of nothing else", async () => {
    await start();
    const put = (Key: string) => client.send(new PutObjectCommand({ Bucket: "photos", Key, Body: "12345" }));
    await put("a b/größe+1.jpg");
    await put("a.txt");
    await client.send(new DeleteObjectCommand({ Bucket: "photos", Key: "a b/größe+1.jpg" }));
    await until(() => events().flat().length >= 3 && isEmpty(queue("changes")));
    const [test, created, removed, ...others] = events()
      .flat()
      .map(({ body }) => JSON.parse(body))
      // A queue keeps no order; the sequencer tells it.
      .sort((a, b) => (sequencerOf(a) < sequencerOf(b) ? -1 : 1));
    deepEqual([test.Service, test.Event, test.Bucket, others], ["Amazon S3", "s3:TestEvent", "photos", []]);
    const [record] = created.Records;
    const { key, size, eTag, sequencer, versionId } = record.s3.object;
    deepEqual(
      [record.eventSource, record.eventName, record.s3.bucket.name, record.s3.bucket.arn],
      ["aws:s3", "ObjectCreated:Put", "photos", "arn:aws:s3:::photos"],
    );
    deepEqual(
      [key, size, eTag, versionId],
      ["a+b/gr%C3%B6%C3%9Fe%2B1.jpg", 5, "827ccb0eea8a706c4c34a16891f84e7b", undefined],
    );
    deepEqual(
      [removed.Records[0].eventName, removed.Records[0].s3.object.key, removed.Records[0].s3.object.size],
      ["ObjectRemoved:Delete", key, undefined],
    );
    ok(removed.Records[0].s3.object.sequencer > sequencer);
    const [first] = events().flat();
    deepEqual([first?.eventSource, first?.eventSourceARN], ["aws:sqs", QUEUE_ARN]);
  });

  it("hands over at most a batch, keeps what failed, and moves it to the dead letters in the end", async () => {
    await start();
    for (const body of ["ok 1", "fail 1", "ok 2", "ok 3", "ok 4", "ok 5"]) queue("changes").send(body);
    await failsAndReturns("fail 1", 2);
    await until(() => queue("dead").counts.visible === 1 && isEmpty(queue("changes")));
    ok(events().every((records) => records.length <= 4));
    const failing = events()
      .flat()
      .filter(({ body }) => body === "fail 1");
    deepEqual(
      failing.map(({ attributes }) => attributes.ApproximateReceiveCount),
      ["1", "2"],
    );
    for (const body of ["ok 1", "ok 2", "ok 3", "ok 4", "ok 5"]) {
      equal(
        events()
          .flat()
          .filter((record) => record.body === body).length,
        1,
        body,
      );
    }
    const [dead] = await queue("dead").receive({ max: 10 });
    equal(dead?.body, "fail 1");
  });

  for (const body of ["throw", "nonsense"]) {
    it(`keeps a whole batch when the function answers with ${body}`, async () => {
      await start();
      queue("changes").send(body);
      await failsAndReturns(body, 2);
      await until(() => queue("dead").counts.visible === 1);
      equal(
        events()
          .flat()
          .filter((record) => record.body === body).length,
        2,
      );
    });
  }

  it("takes an answer of nothing as success, and every answer where failures are not reported", async () => {
    await start();
    queue("changes").send("nothing");
    await until(
      () =>
        events()
          .flat()
          .some(({ body }) => body === "nothing") && isEmpty(queue("changes")),
    );
    await plane.stop();
    await start({});
    queue("changes").send("fail but nobody asks");
    await until(
      () =>
        events()
          .flat()
          .some(({ body }) => body.startsWith("fail")) && isEmpty(queue("changes")),
    );
    equal(queue("dead").counts.visible, 0);
  });

  it("stops at once while it waits, with nothing left running", async () => {
    await start();
    await until(() => isEmpty(queue("changes")));
    const started = performance.now();
    await plane.stop();
    ok(performance.now() - started < 3000);
  });
});
