import { type S3Client, WriteGetObjectResponseCommand } from "@aws-sdk/client-s3";
import { accessPointOriginal } from "./accessPointOriginal";
import { withinDeadline } from "./deadline";
import { NormalizeError, toNormalizeError } from "./errors";
import { parseTransformer } from "./imageTransformer";
import { transformedListing } from "./listing";
import type { GetObjectEvent, HeadObjectEvent, ObjectLambdaEvent, ReaderRequest } from "./objectLambdaEvent";
import { readerRequest } from "./objectLambdaEvent";
import { writableAnswer } from "./objectLambdaWrite";
import type { OpenOriginal } from "./original";
import type { Outcome } from "./outcome";
import { presignedHead, presignedListing, presignedOriginal } from "./presignedOriginal";
import { answerRead, type ReadAnswer } from "./read";
import type { Transformer } from "./transformer";

/** What answering needs. */
export interface ObjectLambdaServices {
  /** Reads originals with the function's own role, for HEAD. */
  readonly client: S3Client;
  /** Writes answers. It must not retry: a token is good for one write. */
  readonly writer: S3Client;
  /**
   * Transformation when the access point's payload names none, so that several access points can share one function
   * and each says what it wants.
   */
  fallback(): Transformer;
  /** Milliseconds until an answer must have been given. */
  readonly remainingMs: number;
}

/** What the function returns to S3, which for HEAD and LIST is the answer itself (userguide/olap-writing-lambda.html). */
export type ObjectLambdaResult = Readonly<Record<string, unknown>>;

/** Answers one event of Object Lambda. It never throws. */
export async function answerObjectLambda(
  event: ObjectLambdaEvent,
  services: ObjectLambdaServices,
): Promise<{ readonly result: ObjectLambdaResult; readonly outcome: Outcome }> {
  if ("getObjectContext" in event) {
    const outcome = await answerGet(event, services);
    return { result: { statusCode: outcome.status }, outcome };
  }
  if ("headObjectContext" in event) return answerHead(event, services);
  const { inputS3Url } = "listObjectsContext" in event ? event.listObjectsContext : event.listObjectsV2Context;
  return answerListing(readerRequest(inputS3Url, event), event, services);
}

async function answerGet(event: GetObjectEvent, services: ObjectLambdaServices): Promise<Outcome> {
  const { inputS3Url, outputRoute, outputToken } = event.getObjectContext;
  const request = readerRequest(inputS3Url, event);
  const open = presignedOriginal(request, ownOriginal(event, request, services));
  const answer = await readAnswer(event, request, "GET", open, services);
  try {
    // The one write: after a failed one, another could reach a reader that was answered already.
    await services.writer.send(
      new WriteGetObjectResponseCommand({
        RequestRoute: outputRoute,
        RequestToken: outputToken,
        ...writableAnswer(answer),
      }),
    );
    return answer.outcome;
  } catch (cause) {
    const error = new NormalizeError("AnswerNotTaken", `It was ${answer.status}.`, { cause });
    return { ...answer.outcome, status: error.status, error };
  }
}

async function answerHead(event: HeadObjectEvent, services: ObjectLambdaServices) {
  const request = readerRequest(event.headObjectContext.inputS3Url, event);
  const open = presignedHead(
    request,
    (etag) => ownOriginal(event, request, services, etag),
    ownOriginal(event, request, services),
  );
  const { status, headers, error, outcome } = await readAnswer(event, request, "HEAD", open, services);
  return { result: { statusCode: status, headers, ...errorFields(error) }, outcome };
}

async function answerListing(request: ReaderRequest, event: ObjectLambdaEvent, services: ObjectLambdaServices) {
  try {
    const { hash } = transformerOf(event, services);
    const xml = await withinDeadline(services.remainingMs, (signal) => presignedListing(request, signal));
    return {
      result: { statusCode: 200, listResultXml: transformedListing(xml, hash) },
      outcome: { status: 200, hash },
    };
  } catch (thrown) {
    const error = toNormalizeError(thrown);
    const { status } = error;
    return { result: { statusCode: status, ...errorFields(error) }, outcome: { status, error } };
  }
}

function readAnswer(
  event: ObjectLambdaEvent,
  { key, header, query }: ReaderRequest,
  method: "GET" | "HEAD",
  open: OpenOriginal,
  services: ObjectLambdaServices,
): Promise<ReadAnswer> {
  const { remainingMs } = services;
  return answerRead({
    method,
    key,
    header,
    query,
    open,
    remainingMs,
    transformer: () => transformerOf(event, services),
  });
}

/** The original read with the function's own role. S3 has found by then that the reader may read it. */
function ownOriginal(
  { configuration }: ObjectLambdaEvent,
  { key, query }: ReaderRequest,
  { client }: ObjectLambdaServices,
  etag?: string,
): OpenOriginal {
  const accessPoint = configuration.supportingAccessPointArn;
  if (accessPoint === undefined) {
    return () => Promise.reject(new NormalizeError("InvalidRequest", "The event names no supporting access point."));
  }
  return accessPointOriginal(client, accessPoint, key, { versionId: query.get("versionId") ?? undefined, etag });
}

function transformerOf({ configuration }: ObjectLambdaEvent, { fallback }: ObjectLambdaServices): Transformer {
  const { payload } = configuration;
  if (payload === undefined || payload === "") return fallback();
  try {
    return parseTransformer(payload);
  } catch (cause) {
    if (cause instanceof NormalizeError) throw cause;
    throw new NormalizeError("InvalidTransformation", cause instanceof Error ? cause.message : undefined, { cause });
  }
}

function errorFields(error: NormalizeError | undefined): ObjectLambdaResult {
  return error === undefined ? {} : { errorCode: error.code, errorMessage: error.message };
}
