import { randomUUID } from "node:crypto";
import type { LocalService } from "../resourceKind";
import type { LocalQueue } from "../sqs/localQueue";

/** What a topic is made of. */
export interface TopicSettings {
  readonly name: string;
  readonly arn: string;
}

interface Subscription {
  readonly queue: LocalQueue;
  /** Whether the message stands alone, without what SNS says of it. */
  readonly isRaw: boolean;
}

/** A standard topic of SNS: what services of the plane publish reaches the queues that subscribe to it. */
export class LocalTopic implements LocalService {
  readonly #subscriptions: Subscription[] = [];

  constructor(readonly settings: TopicSettings) {}

  /** Sends every message to a queue, too. */
  subscribe(queue: LocalQueue, isRaw: boolean): void {
    this.#subscriptions.push({ queue, isRaw });
  }

  /**
   * Publishes a message. To queues it comes in SNS's envelope
   * (docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html), without the signature that only AWS can make.
   */
  publish(message: string): void {
    const envelope = JSON.stringify({
      Type: "Notification",
      MessageId: randomUUID(),
      TopicArn: this.settings.arn,
      Message: message,
      Timestamp: new Date().toISOString(),
    });
    for (const { queue, isRaw } of this.#subscriptions) queue.send(isRaw ? message : envelope);
  }

  async stop(): Promise<void> {}
}
