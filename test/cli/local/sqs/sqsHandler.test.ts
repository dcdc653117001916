import { deepEqual, equal, ok } from "node:assert/strict";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { LocalPlane } from "../../../../cli/local/localPlane";
import { handmadePlane } from "../handmadePlane";
import { sqsClient, sqsRefusal } from "./sqsClient";

describe("cli/local/sqs, with the unmodified client", () => {
  let plane: LocalPlane;
  let client: SQSClient;
  let QueueUrl = "";
  let deadLetters = "";

  before(async () => {
    plane = await handmadePlane((stack) => {
      stack.add("aws:sqs/queue:Queue", "dead", { messageRetentionSeconds: 1_209_600 });
      const deadLetterTargetArn = "arn:aws:sqs:us-east-1:123456789012:dead";
      stack.add("aws:sqs/queue:Queue", "work", {
        visibilityTimeoutSeconds: 60,
        redrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 }),
      });
    });
    client = sqsClient(plane);
    QueueUrl = await urlOf("work");
    deadLetters = await urlOf("dead");
  });

  beforeEach(async () => {
    for (const url of [QueueUrl, deadLetters]) await client.send(new PurgeQueueCommand({ QueueUrl: url }));
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  async function urlOf(QueueName: string): Promise<string> {
    return (await client.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? "";
  }
  const send = (MessageBody: string, DelaySeconds?: number) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
  const receive = async (MaxNumberOfMessages = 10, rest: object = {}, url = QueueUrl) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages, ...rest }),
    );
    return Messages;
  };
  const bodies = async (url = QueueUrl) => (await receive(10, {}, url)).map(({ Body }) => Body);

  it("names its queues under the plane's one port", () => {
    equal(QueueUrl, `${plane.cloud.endpoint}/123456789012/work`);
  });

  it("hands out what was sent, once, until it is deleted", async () => {
    const { MessageId } = await send("größe ✓");
    const [message, ...others] = await receive();
    deepEqual([message?.MessageId, message?.Body, others.length], [MessageId, "größe ✓", 0]);
    deepEqual(await bodies(), []);
    const { ReceiptHandle } = message ?? {};
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    const [again] = await receive(1, { MessageSystemAttributeNames: ["All"] });
    deepEqual([again?.MessageId, again?.Attributes?.ApproximateReceiveCount], [MessageId, "2"]);
    ok(Number(again?.Attributes?.SentTimestamp) <= Number(again?.Attributes?.ApproximateFirstReceiveTimestamp));
    // The first handle is not the message's last one.
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    equal((await attributes()).ApproximateNumberOfMessagesNotVisible, "1");
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
    equal((await attributes()).ApproximateNumberOfMessagesNotVisible, "0");
  });

  async function attributes() {
    const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    return answer.Attributes ?? {};
  }

  it("sends and deletes in batches of ten", async () => {
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `e${index}`, MessageBody: `body ${index}` }));
    const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    deepEqual(
      sent.Successful?.map(({ Id }) => Id),
      Entries.map(({ Id }) => Id),
    );
    const messages = await receive();
    deepEqual(
      messages.map(({ Body }) => Body),
      Entries.map(({ MessageBody }) => MessageBody),
    );
    const handles = messages.map(({ ReceiptHandle }, index) => ({ Id: `d${index}`, ReceiptHandle }));
    const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles }));
    equal(deleted.Successful?.length, 10);
    deepEqual(await attributes(), {
      QueueArn: "arn:aws:sqs:us-east-1:123456789012:work",
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
      ApproximateNumberOfMessagesDelayed: "0",
      VisibilityTimeout: "60",
      DelaySeconds: "0",
      MessageRetentionPeriod: "345600",
      ReceiveMessageWaitTimeSeconds: "0",
      MaximumMessageSize: "1048576",
      RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":5}',
    });
  });

  it("shows a message again after its visibility timeout, and a delayed one after its delay", async () => {
    await send("hidden");
    equal((await receive(1, { VisibilityTimeout: 1 })).length, 1);
    await send("delayed", 1);
    deepEqual(await bodies(), []);
    const seen: (string | undefined)[] = [];
    for (let turn = 0; turn < 4 && seen.length < 2; turn++) {
      seen.push(...(await receive(10, { WaitTimeSeconds: 2 })).map(({ Body }) => Body));
    }
    deepEqual(seen.sort(), ["delayed", "hidden"]);
  });

  it("answers a waiting receive as soon as a message comes", async () => {
    const started = performance.now();
    const waiting = receive(1, { WaitTimeSeconds: 10 });
    setTimeout(() => void send("at last"), 200);
    deepEqual(
      (await waiting).map(({ Body }) => Body),
      ["at last"],
    );
    ok(performance.now() - started < 5000);
  });

  it("moves a message to the dead letters when it was received five times in vain, body and id kept", async () => {
    const { MessageId } = await send("poison");
    for (let count = 1; count <= 5; count++) {
      const [message] = await receive(1, { VisibilityTimeout: 0, AttributeNames: ["ApproximateReceiveCount"] });
      equal(message?.Attributes?.ApproximateReceiveCount, String(count));
    }
    deepEqual(await bodies(), []);
    const dead = await receive(10, {}, deadLetters);
    deepEqual(
      dead.map(({ MessageId: id, Body }) => [id, Body]),
      [[MessageId, "poison"]],
    );
  });

  it("refuses what it does not do, and says so", async () => {
    const unknown = `${plane.cloud.endpoint}/123456789012/nowhere`;
    const calls = [
      client.send(new SendMessageCommand({ QueueUrl: unknown, MessageBody: "x" })),
      client.send(new ListQueuesCommand({})),
      send(""),
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] })),
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [entry("a"), entry("a")] })),
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [..."abcdefghijk"].map((id) => entry(id)) })),
      client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: "x",
          MessageAttributes: { a: { DataType: "String", StringValue: "b" } },
        }),
      ),
      send("x".repeat(1_048_577)),
      receive(11),
    ];
    deepEqual(await Promise.all(calls.map(sqsRefusal)), [
      "400 QueueDoesNotExist",
      "400 UnsupportedOperation",
      "400 InvalidParameterValue",
      "400 EmptyBatchRequest",
      "400 BatchEntryIdsNotDistinct",
      "400 TooManyEntriesInBatchRequest",
      "400 InvalidParameterValue",
      "400 InvalidParameterValue",
      "400 InvalidParameterValue",
    ]);
    deepEqual(await bodies(), []);
  });

  it("refuses characters that SQS does not take, of a batch the messages that have them", async () => {
    equal(await sqsRefusal(send("a\u0001b")), "400 InvalidMessageContents");
    const Entries = [entry("good"), { Id: "bad", MessageBody: "\u0000" }, { Id: "lone", MessageBody: "\ufffe" }];
    const { Successful, Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    deepEqual(
      Successful?.map(({ Id }) => Id),
      ["good"],
    );
    deepEqual(
      Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
      [
        ["bad", "InvalidMessageContents", true],
        ["lone", "InvalidMessageContents", true],
      ],
    );
    deepEqual(await bodies(), ["x"]);
  });

  const entry = (Id: string) => ({ Id, MessageBody: "x" });

  it("refuses other keys, another secret, and no signature", async () => {
    const { accessKeyId } = plane.credentials;
    for (const credentials of [
      { accessKeyId, secretAccessKey: "wrong" },
      { accessKeyId: "AKIAOTHER", secretAccessKey: plane.credentials.secretAccessKey },
    ]) {
      const stranger = sqsClient(plane, { credentials });
      const call = stranger.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
      equal(await sqsRefusal(call), "403 InvalidSignatureException");
      stranger.destroy();
    }
    const headers = { "x-amz-target": "AmazonSQS.PurgeQueue", "content-type": "application/x-amz-json-1.0" };
    const unsigned = await fetch(QueueUrl, { method: "POST", headers, body: JSON.stringify({ QueueUrl }) });
    equal(unsigned.status, 403);
    deepEqual(await bodies(), []);
  });
});
