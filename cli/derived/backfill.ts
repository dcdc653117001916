import { DeleteObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { CannotRunError } from "../../contracts/cannotRunError";
import { quarantineKey } from "../../contracts/derived";
import type { DerivedSet } from "../../derived/derivedSet";
import { type ExaminedKey, examine } from "../../derived/examine";

/** Messages of one request; SQS takes no more. */
const BATCH = 10;

/** Times that a message is sent which the queue did not take. */
const ATTEMPTS = 4;

/** What a back-fill did. */
export interface Backfilled {
  /** Keys that were examined. */
  readonly examined: number;
  /** Messages that were sent: one for each key that was not as it should be. */
  readonly sent: number;
}

/** How a back-fill is done. */
export interface BackfillOptions {
  /** Whether originals in quarantine are tried again. Defaults to false. */
  readonly retryQuarantined?: boolean | undefined;
  /** Told how far it has come. */
  progress?(done: Backfilled): void;
}

/**
 * Sends a message for each original that is not derived yet, or not as it is now, and for each derived object whose
 * original is gone. What works on the messages asks for the originals itself, so none can do harm.
 * @throws CannotRunError QueueRefused
 */
export async function backfill(
  clients: { readonly s3: S3Client; readonly sqs: SQSClient },
  set: DerivedSet & { readonly queueUrl: string },
  { retryQuarantined = false, progress }: BackfillOptions = {},
): Promise<Backfilled> {
  const done = { examined: 0, sent: 0 };
  let batch: string[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    await send(clients.sqs, set, batch);
    done.sent += batch.length;
    batch = [];
    progress?.({ ...done });
  };
  for await (const examined of examine(clients.s3, set)) {
    done.examined++;
    if (!isToBeSent(examined, retryQuarantined)) continue;
    if (examined.state === "quarantined") {
      // As long as the entry stands, the original counts as tried.
      const Key = quarantineKey(set.hash, examined.key);
      await clients.s3.send(new DeleteObjectCommand({ Bucket: set.derived, Key }));
    }
    batch.push(examined.key);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return done;
}

function isToBeSent({ state, code }: ExaminedKey, retryQuarantined: boolean): boolean {
  if (state === "quarantined") return retryQuarantined && code !== "KeyTooLong";
  return state === "missing" || state === "stale" || state === "orphan";
}

async function send(sqs: SQSClient, { source, queueUrl }: DerivedSet & { queueUrl: string }, keys: readonly string[]) {
  let entries = keys.map((key, index) => ({ Id: String(index), MessageBody: changeMessage(source, key) }));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    if (Failed.length === 0) return;
    entries = entries.filter(({ Id }) => Failed.some((failed) => failed.Id === Id));
  }
  throw new CannotRunError("QueueRefused", `the queue ${queueUrl} did not take ${entries.length} messages`);
}

/** A message as S3 sends them, as far as it is read: the key, encoded as forms do. */
function changeMessage(bucket: string, key: string): string {
  const encoded = encodeURIComponent(key).replaceAll("%20", "+");
  const s3 = { bucket: { name: bucket }, object: { key: encoded } };
  return JSON.stringify({ Records: [{ eventSource: "frugal-ml:backfill", eventName: "ObjectCreated:Backfill", s3 }] });
}
