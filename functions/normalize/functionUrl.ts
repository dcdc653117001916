import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import type { Transformation } from "../../contracts/transformation";
import { accessPointOriginal } from "./accessPointOriginal";
import { NormalizeError, toNormalizeError } from "./errors";
import type { Outcome } from "./outcome";
import { normalizeOriginal, TRANSFORMATION_METADATA } from "./request";

/**
 * The event of a function URL, payload format 2.0, as far as it is read
 * (docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html).
 */
export const FunctionUrlEvent = z.object({
  rawPath: z.string(),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});
export type FunctionUrlEvent = z.infer<typeof FunctionUrlEvent>;

/** An HTTP answer that the runtime streams. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Where the function URL reads from, and what it makes of it. */
export interface FunctionUrlSource {
  readonly client: S3Client;
  /** Alias or ARN of the access point. */
  readonly accessPoint: string;
  readonly transformation: Transformation;
}

/** Answers `GET /<key>` with the normalised object, or with a coded error as JSON. */
export async function answerFunctionUrl(
  event: FunctionUrlEvent,
  source: () => FunctionUrlSource,
  remainingMs: number,
): Promise<{ readonly answer: HttpAnswer; readonly outcome: Outcome }> {
  let key: string | undefined;
  try {
    if (event.requestContext.http.method !== "GET") throw new NormalizeError("MethodNotAllowed");
    key = keyOf(event.rawPath);
    const { client, accessPoint, transformation } = source();
    const object = await normalizeOriginal({
      open: accessPointOriginal(client, accessPoint, key),
      transformation,
      remainingMs,
    });
    const headers = {
      "content-type": object.contentType,
      "content-length": String(object.bytes.length),
      [`x-amz-meta-${TRANSFORMATION_METADATA}`]: object.hash,
      ...(object.etag !== undefined && { etag: object.etag }),
      ...(object.lastModified !== undefined && { "last-modified": object.lastModified }),
    };
    return {
      answer: { statusCode: 200, headers, body: object.bytes },
      outcome: { status: 200, key, hash: object.hash, bytesIn: object.originalBytes, bytesOut: object.bytes.length },
    };
  } catch (thrown) {
    const error = toNormalizeError(thrown);
    const body = Buffer.from(JSON.stringify({ code: error.code, message: error.message }));
    const headers = {
      "content-type": "application/json",
      "content-length": String(body.length),
      "x-frugal-ml-error": error.code,
      ...(error.code === "MethodNotAllowed" && { allow: "GET" }),
    };
    return { answer: { statusCode: error.status, headers, body }, outcome: { status: error.status, key, error } };
  }
}

function keyOf(rawPath: string): string {
  let key: string;
  try {
    key = decodeURIComponent(rawPath.replace(/^\//, ""));
  } catch (cause) {
    throw new NormalizeError("InvalidRequest", "The path is not percent-encoded UTF-8.", { cause });
  }
  if (key === "") throw new NormalizeError("InvalidRequest", "The path must be / and the key of an object.");
  return key;
}
