import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { sendError } from "./answers";
import { bucketTarget } from "./bucketTarget";
import { splitTarget } from "./canonicalRequest";
import { assertHeaderName, assertHeaderValue } from "./headerText";
import type { ObjectStore } from "./objectStore";
import { listBuckets } from "./operations/listBuckets";
import { requestAddress } from "./requestAddress";
import { openRequestBody } from "./requestBody";
import { S3Error } from "./s3Errors";
import type { S3Request, S3Target } from "./s3Target";
import { type VerifiedSignature, verifySignature } from "./sigV4";

export type { S3Request, S3Target };

/** Keys that requests must be signed with. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What the handler serves. */
export interface S3HandlerOptions {
  readonly store: ObjectStore;
  readonly credentials: S3Credentials;
  /** The one Region that signatures may be for. */
  readonly region: string;
  /** Defaults to the current time. */
  readonly now?: () => Date;
  /** What answers for a name that is no bucket of the store: an alias, an ARN. */
  resolve(name: string): S3Target | undefined;
  /** Told of every error that is no S3Error, which clients see as InternalError. Defaults to a process warning. */
  readonly report?: (error: unknown) => void;
  /** Milliseconds without a byte after which an upload is given up. Defaults to 20,000, about what S3 does. */
  readonly idleMs?: number;
}

const IDLE_MS = 20_000;

/** Query parameters of a presigned URL that speak of the signature and not for a header. */
const SIGNATURE_PARAMETERS = [
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-signedheaders",
  "x-amz-signature",
  "x-amz-security-token",
  "x-amz-content-sha256",
];

/**
 * S3's HTTP interface to a store, for a server of `node:http`. Every request ends in one answer or in a closed
 * connection; the returned promise never rejects.
 * @example createServer(createS3Handler({ store, credentials, region: "us-east-1", resolve: () => undefined }))
 */
export function createS3Handler(
  options: S3HandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const requestId = randomBytes(8).toString("hex").toUpperCase();
    response.setHeader("x-amz-request-id", requestId);
    // A client that goes away is no error of the process.
    request.on("error", () => {});
    response.on("error", () => {});
    try {
      await serve(options, request, response);
    } catch (error) {
      answerError(options, request, response, error, requestId);
    } finally {
      // What the client still sends is read and dropped, so that it can read the answer and the next request is served.
      request.resume();
    }
  };
}

async function serve(options: S3HandlerOptions, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const rawTarget = message.url ?? "/";
  const method = message.method ?? "GET";
  const signature = verifySignature({ method, url: rawTarget, headers: message.headersDistinct }, options.credentials, {
    services: ["s3", "s3-object-lambda"],
    region: options.region,
    ...(options.now && { now: options.now() }),
  });
  const target = splitTarget(rawTarget);
  const address = requestAddress(message.headers.host, target.path);
  const query = new URLSearchParams(target.query.map(([name, value]) => `${name}=${value}`).join("&"));
  const headers = withHoisted(message.headers, query, signature);
  // The checksum of a request that completes an upload is the object's, not the body's.
  const body = openRequestBody(message, headers, signature, {
    checksummed: !(method === "POST" && query.has("uploadId")),
    idleMs: options.idleMs ?? IDLE_MS,
  });
  const resolve = (name: string): S3Target | undefined =>
    options.store.hasBucket(name) ? bucketTarget(options.store, name) : options.resolve(name);
  const request: S3Request = {
    ...address,
    method,
    query,
    headers,
    rawHeaders: message.rawHeaders,
    rawTarget,
    body: body.stream,
    payload: body,
    signature,
    resolveBucket: (name) => resolve(name)?.bucketName,
  };
  if (address.bucket === "") return listBuckets(options.store, request, response);
  await (resolve(address.bucket) ?? bucketTarget(options.store, address.bucket)).handle(request, response);
}

/** In a presigned URL `x-amz-…` headers may stand in the query, where they are signed. */
function withHoisted(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
  signature: VerifiedSignature,
): IncomingHttpHeaders {
  if (!signature.presigned) return headers;
  const hoisted = [...query]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name.startsWith("x-amz-") && !SIGNATURE_PARAMETERS.includes(name));
  for (const [name, value] of hoisted) {
    assertHeaderName(name);
    assertHeaderValue(name, value);
  }
  return { ...Object.fromEntries(hoisted), ...headers };
}

function answerError(
  options: S3HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  requestId: string,
): void {
  if (response.headersSent || response.destroyed) {
    // Half an answer cannot be taken back: only a closed connection says that it is not whole.
    response.destroy();
    return;
  }
  const known = error instanceof S3Error ? error : new S3Error("InternalError", { cause: error });
  if (known !== error) {
    const report = options.report ?? ((cause) => process.emitWarning(cause instanceof Error ? cause : String(cause)));
    report(error);
  }
  for (const name of response.getHeaderNames()) if (name !== "x-amz-request-id") response.removeHeader(name);
  if (known.code === "RequestTimeout") {
    // The rest of the body will not come, so nothing can follow on this connection.
    response.setHeader("connection", "close");
    response.once("finish", () => request.destroy());
  }
  sendError(response, known, {
    method: request.method,
    resource: (request.url ?? "").replace(/\?.*$/s, ""),
    requestId,
  });
}
