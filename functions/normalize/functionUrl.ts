import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { accessPointListing } from "./accessPointListing";
import { accessPointOriginal } from "./accessPointOriginal";
import { withinDeadline } from "./deadline";
import { NormalizeError, toNormalizeError } from "./errors";
import { headerReader } from "./headerReader";
import { transformedListing } from "./listing";
import type { Outcome } from "./outcome";
import { answerRead } from "./read";
import type { Transformer } from "./transformer";

/**
 * The event of a function URL, payload format 2.0, as far as it is read
 * (docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html).
 */
export const FunctionUrlEvent = z.object({
  rawPath: z.string(),
  rawQueryString: z._default(z.string(), ""),
  headers: z._default(z.record(z.string(), z.string()), {}),
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
  readonly transformer: Transformer;
}

/** Parameters that make S3 answer something other than the object, or another version of it. */
const NOT_OFFERED = ["acl", "attributes", "legal-hold", "retention", "tagging", "torrent", "uploadId", "versionId"];

/** Says a transformed length that is on the way taken for the length of what is sent, as an answer to HEAD. */
const LENGTH_HEADER = "x-frugal-ml-length";

/**
 * Answers `GET /<key>` and `HEAD /<key>` with the normalised object, `GET /?list-type=2` with a listing in S3's XML,
 * and what fails with a coded error as JSON.
 */
export async function answerFunctionUrl(
  event: FunctionUrlEvent,
  source: () => FunctionUrlSource,
  remainingMs: number,
): Promise<{ readonly answer: HttpAnswer; readonly outcome: Outcome }> {
  const { method } = event.requestContext.http;
  let key: string | undefined;
  try {
    if (method !== "GET" && method !== "HEAD") throw new NormalizeError("MethodNotAllowed");
    key = keyOf(event.rawPath);
    const query = new URLSearchParams(event.rawQueryString);
    if (key === "") return await list(method, query, source(), remainingMs);
    const other = NOT_OFFERED.find((name) => query.has(name));
    if (other !== undefined) throw new NormalizeError("InvalidRequest", `The parameter ${other} is not offered.`);
    const { client, accessPoint, transformer } = source();
    const { status, headers, body, error, outcome } = await answerRead({
      method,
      key,
      query,
      header: headerReader(event.headers),
      open: accessPointOriginal(client, accessPoint, key),
      transformer: () => transformer,
      remainingMs,
    });
    if (error !== undefined) return { answer: errorAnswer(error, method), outcome };
    const length = headers["content-length"];
    const all = { ...headers, ...(length !== undefined && { [LENGTH_HEADER]: length }) };
    return { answer: { statusCode: status, headers: all, body }, outcome };
  } catch (thrown) {
    const error = toNormalizeError(thrown);
    return { answer: errorAnswer(error, method), outcome: { status: error.status, key, error } };
  }
}

async function list(
  method: "GET" | "HEAD",
  query: URLSearchParams,
  { client, accessPoint, transformer }: FunctionUrlSource,
  remainingMs: number,
): Promise<{ readonly answer: HttpAnswer; readonly outcome: Outcome }> {
  if (method === "HEAD") throw new NormalizeError("InvalidRequest", "The path must be / and the key of an object.");
  const { hash } = transformer;
  const xml = await withinDeadline(remainingMs, (signal) => accessPointListing(client, accessPoint, query, signal));
  const body = Buffer.from(transformedListing(xml, hash));
  const headers = { "content-type": "application/xml", "content-length": String(body.length) };
  return {
    answer: { statusCode: 200, headers, body },
    outcome: { status: 200, hash, bytesOut: body.length },
  };
}

function errorAnswer({ code, message, status, headers }: NormalizeError, method: string): HttpAnswer {
  const body = Buffer.from(JSON.stringify({ code, message }));
  return {
    statusCode: status,
    headers: {
      "content-type": "application/json",
      "content-length": String(body.length),
      "x-frugal-ml-error": code,
      ...headers,
      ...(code === "MethodNotAllowed" && { allow: "GET, HEAD" }),
    },
    body: method === "HEAD" ? new Uint8Array() : body,
  };
}

function keyOf(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath.replace(/^\//, ""));
  } catch (cause) {
    throw new NormalizeError("InvalidRequest", "The path is not percent-encoded UTF-8.", { cause });
  }
}
