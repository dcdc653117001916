import { Logger } from "@aws-lambda-powertools/logger";
import { S3Client } from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { ClassifyEnvironment } from "../../contracts/classifyEnvironment";
import { ClassifyDelivery } from "../../contracts/classifyMetrics";
import type { LambdaContext } from "../normalize/lambdaRuntime";
import { answerHttp, type HttpAnswer } from "./answerHttp";
import { answerQueue, type BatchAnswer, QueueEvent } from "./answerQueue";
import { Classifier } from "./classifier";
import { classifyMetrics } from "./classifyMetrics";
import { ClassifyService } from "./classifyService";
import { type ClassifySettings, classifySettings } from "./classifySettings";
import { ClassifyError } from "./errors";
import type { Outcome } from "./outcome";
import { type ResultSink, resultSink } from "./resultSink";
import { sharedOnce } from "./sharedOnce";

const logger = new Logger({ serviceName: "classify" });
// The checksum that counts is of the whole model, and is asked for in any case.
const client = new S3Client({ responseChecksumValidation: "WHEN_REQUIRED" });
const classifier = sharedOnce(async () => Classifier.load(client, settings()));
let known: ClassifyService | undefined;
let queue: SQSClient | undefined;

/**
 * Ends when the model is there, or could not be had: then the first request tries again. The archive's entry waits for
 * it, so that an instance which Lambda prepares in advance has its model before anyone asks.
 */
export const ready: Promise<void> = classifier().then(
  () => undefined,
  (error: unknown) => logger.warn("the model is not there yet", { error: asError(error) }),
);

/** Answers an HTTP API or a function URL. */
export async function http(event: unknown, context: LambdaContext): Promise<HttpAnswer> {
  const started = performance.now();
  const { answer, outcome } = await answerHttp(event, service, context.getRemainingTimeInMillis());
  log(ClassifyDelivery.Http, outcome, started);
  return answer;
}

/** Works through a batch of a queue. */
export async function stream(event: unknown, context: LambdaContext): Promise<BatchAnswer> {
  const started = performance.now();
  const batch = QueueEvent.parse(event);
  const { answer, outcomes } = await answerQueue(batch, service, sink, context.getRemainingTimeInMillis());
  for (const outcome of outcomes) log(ClassifyDelivery.Stream, outcome, started);
  return answer;
}

function service(): ClassifyService {
  known ??= new ClassifyService(client, settings(), classifier);
  return known;
}

function settings(): ClassifySettings {
  try {
    return classifySettings(process.env);
  } catch (cause) {
    throw new ClassifyError("InvalidConfiguration", undefined, { cause });
  }
}

function sink(): ResultSink {
  const { results } = service().settings;
  if (results === undefined) {
    const cause = new Error(`${ClassifyEnvironment.Results} is not set`);
    throw new ClassifyError("InvalidConfiguration", undefined, { cause });
  }
  return resultSink(results, { s3: client, sqs });
}

function sqs(): SQSClient {
  // Loaded only by a function whose results go to a queue.
  const { SQSClient: Client } = require("@aws-sdk/client-sqs") as typeof import("@aws-sdk/client-sqs");
  queue ??= new Client({});
  return queue;
}

function log(delivery: ClassifyDelivery, { error, ...facts }: Outcome, started: number): void {
  const ms = Math.round(performance.now() - started);
  const line = { ...facts, code: error?.code, ...classifyMetrics(delivery, facts.status, ms) };
  if (error === undefined) logger.info("classified", line);
  else if (error.status < 500) logger.warn("refused", { ...line, reason: error.message });
  else logger.error("failed", { ...line, error });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
