import * as z from "zod/mini";
import { inParallel } from "../../contracts/inParallel";
import { ANSWER_MARGIN_MS } from "./answerMargin";
import type { ClassifyService } from "./classifyService";
import { ClassifyError, toClassifyError } from "./errors";
import type { Outcome } from "./outcome";
import { type PictureResult, resultId } from "./pictureResult";
import { type PictureSource, queuedPictures } from "./queuedPictures";
import type { ResultSink } from "./resultSink";
import { storedPicture } from "./storedPicture";

/** A batch of messages of a queue, as far as it is read (docs.aws.amazon.com/lambda/latest/dg/with-sqs.html). */
export const QueueEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
export type QueueEvent = z.infer<typeof QueueEvent>;

/** Messages that are worked on at once: their transfers overlap, while the model runs on one picture after another. */
const MESSAGES_AT_ONCE = 4;

/** What the queue is answered: the messages that stay in it (partial batch response). */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Classifies what a batch of messages names and puts the results away. A message is done when all of its pictures have a
 * result, which may say why one can never be classified. A message that is none of ours, that may succeed later, or that
 * is not finished in time stays in the queue, and so reaches the dead letters in the end; it holds up no other.
 */
export async function answerQueue(
  event: QueueEvent,
  service: () => ClassifyService,
  sink: () => ResultSink,
  remainingMs: number,
): Promise<{ readonly answer: BatchAnswer; readonly outcomes: readonly Outcome[] }> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), Math.max(0, remainingMs - ANSWER_MARGIN_MS));
  const outcomes: Outcome[] = [];
  const failed: string[] = [];
  try {
    await inParallel(event.Records, MESSAGES_AT_ONCE, async ({ messageId, body }) => {
      const ofMessage = await messageOutcomes(body, service, sink, aborter.signal);
      outcomes.push(...ofMessage);
      if (ofMessage.some(({ error }) => error !== undefined && staysQueued(error))) failed.push(messageId);
    });
  } finally {
    clearTimeout(timer);
  }
  return { answer: { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }, outcomes };
}

function staysQueued({ retry, code }: ClassifyError): boolean {
  return retry || code === "InvalidRequest";
}

async function messageOutcomes(
  body: string,
  service: () => ClassifyService,
  sink: () => ResultSink,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  try {
    for (const source of queuedPictures(body)) outcomes.push(await pictureOutcome(source, service(), sink(), signal));
  } catch (thrown) {
    const error = toClassifyError(thrown);
    outcomes.push({ status: error.status, error });
  }
  return outcomes;
}

async function pictureOutcome(
  source: PictureSource,
  service: ClassifyService,
  put: ResultSink,
  signal: AbortSignal,
): Promise<Outcome> {
  const model = service.settings.model.sha256;
  const named = { id: resultId(source, model), source, model };
  try {
    if (signal.aborted) throw new ClassifyError("Timeout");
    const { result, outcome } = await classified(source, service, signal);
    await put({ ...named, ...result }, signal);
    return outcome;
  } catch (thrown) {
    const error = toClassifyError(thrown);
    if (staysQueued(error)) return { status: error.status, error };
    const { code, message, status } = error;
    await put({ ...named, error: { code, message } }, signal);
    return { status, error };
  }
}

async function classified(
  source: PictureSource,
  service: ClassifyService,
  signal: AbortSignal,
): Promise<{ readonly result: Pick<PictureResult, "etag" | "return">; readonly outcome: Outcome }> {
  const { bytes, etag } =
    "imagelink" in source
      ? { bytes: await service.linked(source.imagelink, signal), etag: undefined }
      : await storedPicture(service.client, source, service.settings.limits.bytes, signal);
  const labels = await (await service.classifier()).classify(bytes);
  return {
    result: { ...(etag !== undefined && { etag }), return: labels },
    outcome: { status: 200, bytesIn: bytes.length, label: labels[0]?.label ?? "" },
  };
}
