import * as z from "zod";
import type { LocalQueue, ReceivedMessage } from "./localQueue";
import { SqsError } from "./sqsError";

/** Largest message and largest batch, in bytes; docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Most messages of a batch. */
const MAX_BATCH = 10;

/** Twelve hours: the longest that a message can be hidden. */
const MAX_VISIBILITY_SECONDS = 43_200;

/** Characters that a message must not have (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const CONTENTS = "The message has characters that are not allowed: #x9, #xA, #xD, and from #x20 those of XML are.";

const seconds = (max: number) => z.int().min(0).max(max);
const Queue = z.object({ QueueUrl: z.string() });
// Attributes would have to be kept, hashed and answered; dropping them in silence would be worse than refusing.
const NoAttributes = z.record(z.string(), z.unknown()).refine((given) => Object.keys(given).length === 0, {
  error: "message attributes are not kept here",
});
const Entry = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: seconds(900).optional(),
  MessageAttributes: NoAttributes.optional(),
});
const Identified = z.object({ Id: z.string().regex(/^[\w-]{1,80}$/) });
const Receive = Queue.extend({
  MaxNumberOfMessages: z.int().min(1).max(MAX_BATCH).default(1),
  VisibilityTimeout: seconds(MAX_VISIBILITY_SECONDS).optional(),
  WaitTimeSeconds: seconds(20).optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
});
const Handle = z.object({ ReceiptHandle: z.string() });

/** What operations find queues by. */
export interface QueueDirectory {
  /** @throws SqsError QueueDoesNotExist */
  byUrl(url: string): LocalQueue;
  /** @throws SqsError QueueDoesNotExist */
  byName(name: string): LocalQueue;
}

/** Carries out one operation. Its input is what the client sent, not checked yet. */
type Operation = (input: unknown, queues: QueueDirectory, signal: AbortSignal) => object | Promise<object>;

/** The operations of the queue service that run here, by name. */
export const SQS_OPERATIONS: Readonly<Record<string, Operation>> = {
  SendMessage(input, queues) {
    const { QueueUrl, MessageBody, DelaySeconds } = Queue.extend(Entry.shape).parse(input);
    assertSize([MessageBody], "InvalidParameterValue");
    if (FORBIDDEN.test(MessageBody)) throw new SqsError("InvalidMessageContents", CONTENTS);
    const { messageId, md5 } = queues.byUrl(QueueUrl).send(MessageBody, DelaySeconds);
    return { MessageId: messageId, MD5OfMessageBody: md5 };
  },

  SendMessageBatch(input, queues) {
    const { QueueUrl, Entries } = batch(Entry.extend(Identified.shape)).parse(input);
    assertBatch(Entries);
    assertSize(
      Entries.map(({ MessageBody }) => MessageBody),
      "BatchRequestTooLong",
    );
    const queue = queues.byUrl(QueueUrl);
    const wrong = Entries.filter(({ MessageBody }) => FORBIDDEN.test(MessageBody));
    const right = Entries.filter((entry) => !wrong.includes(entry));
    const Successful = right.map(({ Id, MessageBody, DelaySeconds }) => {
      const { messageId, md5 } = queue.send(MessageBody, DelaySeconds);
      return { Id, MessageId: messageId, MD5OfMessageBody: md5 };
    });
    const failure = { SenderFault: true, Code: "InvalidMessageContents", Message: CONTENTS };
    return { Successful, Failed: wrong.map(({ Id }) => ({ Id, ...failure })) };
  },

  async ReceiveMessage(input, queues, signal) {
    const asked = Receive.parse(input);
    const messages = await queues.byUrl(asked.QueueUrl).receive({
      max: asked.MaxNumberOfMessages,
      visibilitySeconds: asked.VisibilityTimeout,
      waitSeconds: asked.WaitTimeSeconds,
      signal,
    });
    const names = [...asked.AttributeNames, ...asked.MessageSystemAttributeNames];
    return messages.length === 0 ? {} : { Messages: messages.map((message) => described(message, names)) };
  },

  DeleteMessage(input, queues) {
    const { QueueUrl, ReceiptHandle } = Queue.extend(Handle.shape).parse(input);
    queues.byUrl(QueueUrl).delete(ReceiptHandle);
    return {};
  },

  DeleteMessageBatch(input, queues) {
    const { QueueUrl, Entries } = batch(Handle.extend(Identified.shape)).parse(input);
    assertBatch(Entries);
    const queue = queues.byUrl(QueueUrl);
    for (const { ReceiptHandle } of Entries) queue.delete(ReceiptHandle);
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  },

  ChangeMessageVisibility(input, queues) {
    const Change = Queue.extend({ ...Handle.shape, VisibilityTimeout: seconds(MAX_VISIBILITY_SECONDS) });
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = Change.parse(input);
    if (!queues.byUrl(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout)) {
      throw new SqsError("MessageNotInflight", "The message is not hidden, or was received again since.");
    }
    return {};
  },

  PurgeQueue(input, queues) {
    queues.byUrl(Queue.parse(input).QueueUrl).purge();
    return {};
  },

  GetQueueUrl(input, queues) {
    return { QueueUrl: queues.byName(z.object({ QueueName: z.string() }).parse(input).QueueName).settings.url };
  },

  GetQueueAttributes(input, queues) {
    const { QueueUrl, AttributeNames } = Queue.extend({ AttributeNames: z.array(z.string()).default([]) }).parse(input);
    const attributes = attributesOf(queues.byUrl(QueueUrl));
    const isAsked = (name: string): boolean => AttributeNames.includes("All") || AttributeNames.includes(name);
    return { Attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => isAsked(name))) };
  },
};

function batch<T extends z.ZodType>(entry: T) {
  return Queue.extend({ Entries: z.array(entry) });
}

function assertBatch(entries: readonly { readonly Id: string }[]): void {
  if (entries.length === 0) throw new SqsError("EmptyBatchRequest", "There should be at least one entry.");
  if (entries.length > MAX_BATCH) {
    throw new SqsError("TooManyEntriesInBatchRequest", `Given ${entries.length} entries; allowed: ${MAX_BATCH}.`);
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new SqsError("BatchEntryIdsNotDistinct", "Two entries have the same Id.");
  }
}

function assertSize(bodies: readonly string[], type: "InvalidParameterValue" | "BatchRequestTooLong"): void {
  const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  if (bytes > MAX_MESSAGE_BYTES) throw new SqsError(type, `Given ${bytes} bytes; allowed: ${MAX_MESSAGE_BYTES}.`);
}

function described(message: ReceivedMessage, names: readonly string[]): object {
  const attributes = Object.entries(systemAttributes(message)).filter(
    ([name]) => names.includes("All") || names.includes(name),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: message.md5,
    ...(attributes.length > 0 && { Attributes: Object.fromEntries(attributes) }),
  };
}

/** What the service says of a received message. */
export function systemAttributes(message: ReceivedMessage): Readonly<Record<string, string>> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: "AIDALOCALLOCALLOCAL00",
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
}

function attributesOf({ settings, counts }: LocalQueue): Readonly<Record<string, string>> {
  const { redrive } = settings;
  return {
    QueueArn: settings.arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.hidden),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    VisibilityTimeout: String(settings.visibilitySeconds),
    DelaySeconds: String(settings.delaySeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.waitSeconds),
    MaximumMessageSize: String(MAX_MESSAGE_BYTES),
    ...(redrive !== undefined && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: redrive.deadLetterArn,
        maxReceiveCount: redrive.maxReceiveCount,
      }),
    }),
  };
}
