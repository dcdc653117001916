import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { ResultsPlace } from "./classifySettings";
import { ClassifyError } from "./errors";
import { type PictureResult, resultKey } from "./pictureResult";

/** How the results' places are reached. */
export interface SinkClients {
  readonly s3: S3Client;
  /** Made when a queue is first written to. */
  sqs(): SQSClient;
}

/** Puts a result where it belongs; the signal ends it. */
export type ResultSink = (result: PictureResult, signal: AbortSignal) => Promise<void>;

/**
 * The sink of a place: an object for each picture, or a message, which a FIFO queue takes once for the same id.
 * @throws ClassifyError ResultsFailed, from the sink
 */
export function resultSink(place: ResultsPlace, clients: SinkClients): ResultSink {
  const put = place.kind === "bucket" ? bucketSink(place, clients) : queueSink(place.url, clients);
  return async (result, signal) => {
    try {
      await put(result, signal);
    } catch (cause) {
      throw new ClassifyError(signal.aborted ? "Timeout" : "ResultsFailed", undefined, { cause });
    }
  };
}

function bucketSink({ bucket, prefix }: { bucket: string; prefix: string }, { s3 }: SinkClients): ResultSink {
  return async (result, abortSignal) => {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: resultKey(result, prefix),
      Body: JSON.stringify(result),
      ContentType: "application/json",
    });
    await s3.send(command, { abortSignal });
  };
}

function queueSink(url: string, { sqs }: SinkClients): ResultSink {
  const isFifo = url.endsWith(".fifo");
  return async (result, abortSignal) => {
    const { SendMessageCommand } = require("@aws-sdk/client-sqs") as typeof import("@aws-sdk/client-sqs");
    const command = new SendMessageCommand({
      QueueUrl: url,
      MessageBody: JSON.stringify(result),
      ...(isFifo && { MessageGroupId: result.id, MessageDeduplicationId: result.id }),
    });
    await sqs().send(command, { abortSignal });
  };
}
