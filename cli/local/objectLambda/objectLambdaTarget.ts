import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { AccessPoint } from "../accessPoint";
import type { LocalFunction } from "../lambda/localFunction";
import { FunctionError } from "../lambda/runtimeApi";
import { passOn } from "../passOn";
import type { LocalCloud } from "../resourceKind";
import { presignUrl } from "../s3/presignUrl";
import type { S3Credentials, S3Request, S3Target } from "../s3/s3Handler";
import { ObjectLambdaError, sendObjectLambdaError } from "./objectLambdaError";
import type { ObjectLambdaResponses, WrittenResponse } from "./objectLambdaResponses";

/** Seconds for which the presigned URL of an original is good: Object Lambda's own limit for an answer. */
const URL_SECONDS = 61;

/** What an Object Lambda access point stands on. */
export interface ObjectLambdaParts {
  readonly arn: string;
  readonly accessPoint: AccessPoint;
  readonly lambda: LocalFunction;
  readonly payload: string;
  /** Answers what is not transformed. */
  readonly originals: S3Target;
  readonly responses: ObjectLambdaResponses;
  readonly cloud: LocalCloud;
  readonly credentials: S3Credentials;
}

/**
 * Reads through an Object Lambda access point: GetObject becomes an event with a presigned URL, and the answer is what
 * the function writes with WriteGetObjectResponse. HEAD and LIST are not transformed unless the access point says so,
 * and pass through, as in the cloud; writing is refused.
 */
export class ObjectLambdaTarget implements S3Target {
  constructor(private readonly parts: ObjectLambdaParts) {}

  /** Answers one verified request. */
  async handle(request: S3Request, response: ServerResponse): Promise<void> {
    const isRead = request.method === "GET" || request.method === "HEAD";
    const isObject = request.method === "GET" && request.key !== "" && !hasSubresource(request.query);
    try {
      if (!isRead) throw new ObjectLambdaError("MethodNotAllowed");
      if (!isObject) return await this.parts.originals.handle(request, response);
      if (request.headers.range !== undefined || request.query.has("partNumber"))
        throw new ObjectLambdaError("NotImplemented");
      await this.#transform(request, response);
    } catch (error) {
      if (!(error instanceof ObjectLambdaError)) throw error;
      sendObjectLambdaError(response, error);
    }
  }

  async #transform(request: S3Request, response: ServerResponse): Promise<void> {
    const expected = this.parts.responses.expect();
    try {
      const event = await this.#event(request, expected.route, expected.token);
      const run = this.parts.lambda.invoke(event).then(
        async ({ body }) => void (await text(body)),
        (error: unknown) => {
          throw error instanceof FunctionError ? functionFailure(error) : error;
        },
      );
      // The function may answer and go on, or end without having answered: whichever is first decides.
      const written = await Promise.race([expected.written, run.then(() => settledWithout(expected.written))]);
      run.catch(() => undefined);
      await forward(written, response);
    } finally {
      expected.forget();
    }
  }

  async #event(request: S3Request, route: string, token: string): Promise<object> {
    const { arn, accessPoint, cloud, credentials, payload } = this.parts;
    const { host } = new URL(cloud.endpoint);
    const signed = signedHeaders(request);
    const inputS3Url = await presignUrl({
      endpoint: cloud.endpoint,
      bucket: accessPoint.alias,
      key: request.key,
      query: Object.fromEntries([...request.query].filter(([name]) => name === "versionId")),
      headers: signed,
      credentials,
      region: cloud.region,
      expiresIn: URL_SECONDS,
    });
    return {
      xAmzRequestId: randomUUID(),
      getObjectContext: { inputS3Url, outputRoute: route, outputToken: token },
      configuration: { accessPointArn: arn, supportingAccessPointArn: accessPoint.arn, payload },
      userRequest: {
        url: `http://${host}/${request.key.split("/").map(encodeURIComponent).join("/")}`,
        headers: flat(request.headers),
      },
      userIdentity: {
        type: "IAMUser",
        accountId: cloud.accountId,
        accessKeyId: credentials.accessKeyId,
        arn: `arn:${cloud.partition}:iam::${cloud.accountId}:user/local`,
      },
      protocolVersion: "1.00",
    };
  }
}

/** Headers that change what is read; the presigned URL makes whoever uses it send them, as in the cloud. */
function signedHeaders(request: S3Request): Record<string, string> {
  const names = ["x-amz-checksum-mode", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since"];
  return Object.fromEntries(Object.entries(flat(request.headers)).filter(([name]) => names.includes(name)));
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : (value ?? "")]),
  );
}

function hasSubresource(query: URLSearchParams): boolean {
  return ["acl", "tagging", "attributes", "retention", "legal-hold", "torrent", "uploadId"].some((name) =>
    query.has(name),
  );
}

async function settledWithout(written: Promise<WrittenResponse>): Promise<WrittenResponse> {
  const nothing = Symbol("nothing");
  const first = await Promise.race([written, Promise.resolve(nothing)]);
  if (typeof first === "symbol") throw new ObjectLambdaError("LambdaResponseNotReceived");
  return first;
}

function functionFailure(error: FunctionError): ObjectLambdaError {
  if (error.errorType === "TooManyRequestsException") return new ObjectLambdaError("SlowDown");
  return new ObjectLambdaError(
    error.errorType === "Sandbox.Timedout" ? "LambdaTimeout" : "LambdaRuntimeError",
    error.message,
  );
}

/** Passes on what the function wrote. */
async function forward(written: WrittenResponse, response: ServerResponse): Promise<void> {
  const { status, request, accept } = written;
  const { headers } = request;
  const requestId = randomUUID();
  try {
    if (status >= 400) {
      request.resume();
      const code = String(headers["x-amz-fwd-error-code"] ?? "UnknownError");
      sendObjectLambdaError(response, { status, code, message: String(headers["x-amz-fwd-error-message"] ?? "") });
      return;
    }
    response.writeHead(status, { "x-amz-request-id": requestId, ...forwardedHeaders(headers) });
    await passOn(request, response);
  } finally {
    accept();
  }
}

/** `x-amz-fwd-header-<name>` becomes `<name>`; metadata travels under its own name. */
function forwardedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const prefix = "x-amz-fwd-header-";
  return Object.fromEntries(
    Object.entries(flat(headers))
      .filter(([name]) => name.startsWith(prefix) || name.startsWith("x-amz-meta-") || name === "content-length")
      .map(([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, value]),
  );
}
