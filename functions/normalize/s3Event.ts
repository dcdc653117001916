import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { ANSWER_MARGIN_MS } from "./deadline";
import { DerivedStore } from "./derivedStore";
import { NormalizeError, toNormalizeError } from "./errors";
import type { Outcome } from "./outcome";
import { reconcile } from "./reconcile";
import type { Transformer } from "./transformer";

/** A batch of messages of a queue, as far as it is read (docs.aws.amazon.com/lambda/latest/dg/with-sqs.html). */
export const QueueEvent = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string(), eventSource: z.literal("aws:sqs") })),
});
export type QueueEvent = z.infer<typeof QueueEvent>;

/** What S3 sends of changes (docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html). */
const S3Notification = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })),
});

/** What S3 sends once, when a bucket begins to notify. */
const S3TestEvent = z.object({ Event: z.literal("s3:TestEvent") });

/** Keys that are worked on at once. Their transfers overlap; only one original is in memory. */
const KEYS_AT_ONCE = 4;

/** Where the queue's messages lead. */
export interface MaterializedSource {
  readonly client: S3Client;
  /** Alias or ARN of the access point over the originals. */
  readonly accessPoint: string;
  /** Name of the derived bucket. */
  readonly derivedBucket: string;
  readonly transformer: Transformer;
}

/** What the queue is answered: the messages that stay in it (partial batch response). */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Makes the derived bucket follow what a batch of S3 events names. A message is done when all of its keys are; one that
 * cannot be read or is not finished in time stays in the queue, and so reaches the dead letters in the end.
 */
export async function answerQueue(
  event: QueueEvent,
  source: () => MaterializedSource,
  remainingMs: () => number,
): Promise<{ readonly answer: BatchAnswer; readonly outcomes: readonly Outcome[] }> {
  const failed = new Set<string>();
  const outcomes: Outcome[] = [];
  const messagesByKey = new Map<string, string[]>();
  for (const { messageId, body } of event.Records) {
    try {
      for (const key of keysOf(body)) messagesByKey.set(key, [...(messagesByKey.get(key) ?? []), messageId]);
    } catch (thrown) {
      failed.add(messageId);
      const error = toNormalizeError(thrown);
      outcomes.push({ status: error.status, error });
    }
  }
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), Math.max(0, remainingMs() - ANSWER_MARGIN_MS));
  const alone = oneAtATime();
  const keys = messagesByKey.entries();
  const worker = async (): Promise<void> => {
    for (const [key, messages] of keys) {
      const outcome = await reconcileKey(key, source, aborter.signal, remainingMs, alone);
      outcomes.push(outcome);
      if (outcome.status >= 400) for (const message of messages) failed.add(message);
    }
  };
  try {
    await Promise.all(Array.from({ length: KEYS_AT_ONCE }, worker));
  } finally {
    clearTimeout(timer);
  }
  return { answer: { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) }, outcomes };
}

/**
 * Keys of a message. S3 encodes them as forms do, with `+` for a space.
 * @throws NormalizeError InvalidRequest
 */
function keysOf(body: string): readonly string[] {
  try {
    const message: unknown = JSON.parse(body);
    if (S3TestEvent.safeParse(message).success) return [];
    const { Records } = S3Notification.parse(message);
    return Records.map(({ s3 }) => decodeURIComponent(s3.object.key.replaceAll("+", " ")));
  } catch (cause) {
    throw new NormalizeError("InvalidRequest", "The message is no event of S3.", { cause });
  }
}

async function reconcileKey(
  key: string,
  source: () => MaterializedSource,
  signal: AbortSignal,
  remainingMs: () => number,
  alone: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<Outcome> {
  try {
    if (signal.aborted) throw new NormalizeError("SourceTimeout");
    const { client, accessPoint, derivedBucket, transformer } = source();
    const store = new DerivedStore(client, accessPoint, derivedBucket, signal);
    const { error, bytesIn, bytesOut } = await reconcile(key, { client, store, transformer, remainingMs, alone });
    // What is in quarantine is done, however bad it is: its error goes to the log, its message leaves the queue.
    return { status: 200, key, hash: transformer.hash, bytesIn, bytesOut, error };
  } catch (thrown) {
    const error = toNormalizeError(thrown);
    return { status: Math.max(400, error.status), key, error };
  }
}

/** Runs tasks one after another, in the order in which they are given. */
function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task);
    last = run.catch(() => undefined);
    return run;
  };
}
