import { json } from "node:stream/consumers";
import * as z from "zod";
import type { LocalService } from "../resourceKind";
import type { LocalQueue, ReceivedMessage } from "../sqs/localQueue";
import { systemAttributes } from "../sqs/sqsOperations";
import type { LocalFunction } from "./localFunction";

/** Seconds for which an empty queue is waited on, as Lambda's pollers do. */
const POLL_SECONDS = 20;

/** How a queue feeds a function. */
export interface EventSourceSettings {
  readonly queue: LocalQueue;
  readonly lambda: LocalFunction;
  readonly region: string;
  /** Most messages of one event. */
  readonly batchSize: number;
  /** Most events at once. */
  readonly concurrency: number;
  /** Whether the function says which messages failed (`ReportBatchItemFailures`). */
  readonly reportsFailures: boolean;
  log(line: string): void;
}

/** docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html */
const PartialAnswer = z
  .object({
    batchItemFailures: z
      .array(z.object({ itemIdentifier: z.string().min(1) }))
      .nullish()
      .transform((failures) => failures ?? []),
  })
  .nullable();

/**
 * Lambda's poller: receives batches from a queue, invokes the function, and deletes what it was successful with. The
 * rest stays hidden until its visibility timeout, and so comes again.
 */
export class EventSourceMapping implements LocalService {
  readonly #aborter = new AbortController();
  readonly #pollers: readonly Promise<void>[];

  constructor(private readonly settings: EventSourceSettings) {
    this.#pollers = Array.from({ length: settings.concurrency }, () => this.#poll());
  }

  /** Receives no more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#aborter.abort();
    await Promise.all(this.#pollers);
  }

  async #poll(): Promise<void> {
    const { queue, batchSize } = this.settings;
    const { signal } = this.#aborter;
    while (!signal.aborted) {
      const messages = await queue.receive({ max: batchSize, waitSeconds: POLL_SECONDS, signal });
      if (messages.length === 0 && queue.stopped) return;
      if (messages.length === 0) continue;
      for (const { receiptHandle } of await this.#done(messages)) queue.delete(receiptHandle);
    }
  }

  /** The messages that the function was successful with. */
  async #done(messages: readonly ReceivedMessage[]): Promise<readonly ReceivedMessage[]> {
    const { lambda, log, reportsFailures } = this.settings;
    try {
      const { body } = await lambda.invoke({ Records: messages.map((message) => this.#record(message)) });
      const answer: unknown = await json(body);
      if (!reportsFailures) return messages;
      const failed = new Set(PartialAnswer.parse(answer)?.batchItemFailures.map((item) => item.itemIdentifier));
      // An answer that names what was not asked about says nothing: all of it counts as failed.
      if ([...failed].some((id) => !messages.some(({ messageId }) => messageId === id))) return [];
      return messages.filter(({ messageId }) => !failed.has(messageId));
    } catch (error) {
      if (!this.#aborter.signal.aborted) log(`a batch of ${messages.length} failed: ${error}`);
      return [];
    }
  }

  /** docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
  #record(message: ReceivedMessage): object {
    return {
      messageId: message.messageId,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: systemAttributes(message),
      messageAttributes: {},
      md5OfBody: message.md5,
      eventSource: "aws:sqs",
      eventSourceARN: this.settings.queue.settings.arn,
      awsRegion: this.settings.region,
    };
  }
}
