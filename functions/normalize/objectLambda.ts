import { type S3Client, WriteGetObjectResponseCommand } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { parseCanonicalTransformation, type Transformation } from "../../contracts/transformation";
import { NormalizeError, toNormalizeError } from "./errors";
import type { Outcome } from "./outcome";
import { presignedOriginal } from "./presignedOriginal";
import { normalizeOriginal, TRANSFORMATION_METADATA } from "./request";

/**
 * The event of S3 Object Lambda for GetObject, as far as it is read
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html).
 */
export const ObjectLambdaEvent = z.object({
  getObjectContext: z.object({ inputS3Url: z.url(), outputRoute: z.string(), outputToken: z.string() }),
  configuration: z.object({ payload: z.optional(z.string()) }),
  userRequest: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
});
export type ObjectLambdaEvent = z.infer<typeof ObjectLambdaEvent>;

/**
 * Answers one Object Lambda event with WriteGetObjectResponse, exactly once: with the picture, or with a coded error.
 * @param fallback transformation when the access point's payload names none, so that several access points can share
 *   one function and each says what it wants
 */
export async function answerObjectLambda(
  event: ObjectLambdaEvent,
  client: S3Client,
  fallback: () => Transformation,
  remainingMs: number,
): Promise<Outcome> {
  const { inputS3Url, outputRoute, outputToken } = event.getObjectContext;
  const { answer, outcome } = await answerFor(event, inputS3Url, fallback, remainingMs);
  // The one write, outside any catch: after a failed one, another could reach a reader that was answered already.
  await client.send(
    new WriteGetObjectResponseCommand({ RequestRoute: outputRoute, RequestToken: outputToken, ...answer }),
  );
  return outcome;
}

/** What the reader is answered: everything but whom to. */
type Answer = Omit<WriteGetObjectResponseCommand["input"], "RequestRoute" | "RequestToken">;

async function answerFor(
  event: ObjectLambdaEvent,
  url: string,
  fallback: () => Transformation,
  remainingMs: number,
): Promise<{ readonly answer: Answer; readonly outcome: Outcome }> {
  const key = keyOf(event.userRequest.url);
  try {
    const object = await normalizeOriginal({
      open: presignedOriginal(url, event.userRequest.headers),
      transformation: payloadTransformation(event.configuration.payload, fallback),
      remainingMs,
    });
    const answer = {
      Body: object.bytes,
      StatusCode: 200,
      ContentType: object.contentType,
      ContentLength: object.bytes.length,
      ETag: object.etag,
      LastModified: object.lastModified === undefined ? undefined : new Date(object.lastModified),
      Metadata: { [TRANSFORMATION_METADATA]: object.hash },
    };
    return {
      answer,
      outcome: {
        status: 200,
        key,
        hash: object.hash,
        bytesIn: object.originalBytes,
        bytesOut: object.bytes.length,
      },
    };
  } catch (thrown) {
    const error = toNormalizeError(thrown);
    const answer = { StatusCode: error.status, ErrorCode: error.code, ErrorMessage: headerText(error.message) };
    return { answer, outcome: { status: error.status, key, error } };
  }
}

/** The message travels in a header: printable ASCII on one line. */
function headerText(message: string): string {
  return message.replaceAll(/[^\x20-\x7e]+/g, " ").slice(0, 1024);
}

function keyOf(url: string): string {
  const path = URL.canParse(url, "https://s3") ? new URL(url, "https://s3").pathname : url;
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return path.slice(1);
  }
}

function payloadTransformation(payload: string | undefined, fallback: () => Transformation): Transformation {
  if (payload === undefined || payload === "") return fallback();
  try {
    return parseCanonicalTransformation(payload);
  } catch (cause) {
    throw new NormalizeError("InvalidTransformation", cause instanceof Error ? cause.message : undefined, { cause });
  }
}
