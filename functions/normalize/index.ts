import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { S3Client } from "@aws-sdk/client-s3";
import { NormalizeEnvironment } from "../../contracts/normalizeEnvironment";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { embeddedMetrics } from "./embeddedMetrics";
import { NormalizeError, toNormalizeError } from "./errors";
import { answerFunctionUrl, FunctionUrlEvent, type FunctionUrlSource } from "./functionUrl";
import { parseTransformer } from "./imageTransformer";
import type { LambdaContext } from "./lambdaRuntime";
import { answerObjectLambda } from "./objectLambda";
import { ObjectLambdaEvent } from "./objectLambdaEvent";
import type { Outcome } from "./outcome";
import { answerQueue, type MaterializedSource, QueueEvent } from "./s3Event";
import type { Transformer } from "./transformer";

const logger = new Logger({ serviceName: "normalize" });
// Checksums of the original are not asked for: they cost a round of hashing and never reach the reader.
const client = new S3Client({ responseChecksumValidation: "WHEN_REQUIRED" });
/** Writes answers of Object Lambda once: the token of an answer is spent even when the write seems to have failed. */
let writer: S3Client | undefined;

/** Milliseconds after which S3 Object Lambda gives an answer up. */
const OBJECT_LAMBDA_MS = SERVICE_LIMITS.objectLambda.answerSeconds * 1000;

/** One function for every delivery: the shape of the event says which one asks. */
export const handler = awslambda.streamifyResponse(async (event, response, context) => {
  const started = performance.now();
  const { delivery, outcomes } = await answer(event, response, context).catch((error: unknown) => {
    logger.error("failed", { error: toNormalizeError(error), ms: Math.round(performance.now() - started) });
    throw error;
  });
  for (const { error, ...facts } of outcomes) {
    const ms = Math.round(performance.now() - started);
    const metrics = embeddedMetrics(delivery, facts, ms);
    const line = { delivery, ...facts, code: error?.code, ms, ...metrics };
    if (error === undefined) logger.info("read", line);
    else if (error.status < 500) logger.warn("refused", { ...line, reason: error.message });
    else logger.error("failed", { ...line, error });
  }
});

async function answer(
  event: unknown,
  response: Writable,
  context: LambdaContext,
): Promise<{ delivery: string; outcomes: readonly Outcome[] }> {
  const objectLambda = ObjectLambdaEvent.safeParse(event);
  if (objectLambda.success) {
    writer ??= new S3Client({ maxAttempts: 1 });
    const { result, outcome } = await answerObjectLambda(objectLambda.data, {
      client,
      writer,
      fallback: environmentTransformer,
      remainingMs: Math.min(context.getRemainingTimeInMillis(), OBJECT_LAMBDA_MS),
    });
    response.end(JSON.stringify(result));
    await finished(response);
    return { delivery: "object-lambda", outcomes: [outcome] };
  }
  const functionUrl = FunctionUrlEvent.safeParse(event);
  if (functionUrl.success) {
    const { answer, outcome } = await answerFunctionUrl(functionUrl.data, source, context.getRemainingTimeInMillis());
    const stream = awslambda.HttpResponseStream.from(response, {
      statusCode: answer.statusCode,
      headers: answer.headers,
    });
    stream.end(answer.body);
    await finished(stream);
    return { delivery: "function-url", outcomes: [outcome] };
  }
  const queue = QueueEvent.safeParse(event);
  if (queue.success) {
    const { answer, outcomes } = await answerQueue(queue.data, materialized, () => context.getRemainingTimeInMillis());
    response.end(JSON.stringify(answer));
    await finished(response);
    return { delivery: "materialized", outcomes };
  }
  throw new NormalizeError(
    "InvalidRequest",
    "Neither an event of S3 Object Lambda, nor of a function URL, nor of a queue.",
  );
}

function source(): FunctionUrlSource {
  const accessPoint = process.env[NormalizeEnvironment.Source];
  if (!accessPoint) throw new NormalizeError("InternalError", `${NormalizeEnvironment.Source} is not set.`);
  return { client, accessPoint, transformer: environmentTransformer() };
}

function materialized(): MaterializedSource {
  const derivedBucket = process.env[NormalizeEnvironment.Derived];
  if (!derivedBucket) throw new NormalizeError("InternalError", `${NormalizeEnvironment.Derived} is not set.`);
  return { ...source(), derivedBucket };
}

function environmentTransformer(): Transformer {
  try {
    return parseTransformer(process.env[NormalizeEnvironment.Transformation] ?? "");
  } catch (cause) {
    if (cause instanceof NormalizeError) throw cause;
    throw new NormalizeError("InternalError", `${NormalizeEnvironment.Transformation} is not valid.`, { cause });
  }
}
