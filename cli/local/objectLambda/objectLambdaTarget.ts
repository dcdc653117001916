import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { AccessPoint } from "../accessPoint";
import type { LocalFunction } from "../lambda/localFunction";
import { FunctionError } from "../lambda/runtimeApi";
import { passOn } from "../passOn";
import type { LocalCloud } from "../resourceKind";
import type { S3Credentials, S3Request, S3Target } from "../s3/s3Handler";
import { ObjectLambdaError, sendObjectLambdaError } from "./objectLambdaError";
import { type EventContext, objectLambdaEvent } from "./objectLambdaEvent";
import type { ObjectLambdaResponses, WrittenResponse } from "./objectLambdaResponses";
import { sendReturned } from "./objectLambdaReturned";

/** The function that answers an action, and what it is told with every event. */
export interface ObjectLambdaFunction {
  readonly lambda: LocalFunction;
  readonly payload: string;
}

/** What an Object Lambda access point stands on. */
export interface ObjectLambdaParts {
  readonly arn: string;
  readonly accessPoint: AccessPoint;
  /** By action: GetObject, HeadObject, ListObjects, ListObjectsV2. */
  readonly actions: ReadonlyMap<string, ObjectLambdaFunction>;
  /** GetObject-Range, GetObject-PartNumber, HeadObject-Range, HeadObject-PartNumber. */
  readonly allowedFeatures: ReadonlySet<string>;
  /** Answers what is not transformed. */
  readonly originals: S3Target;
  readonly responses: ObjectLambdaResponses;
  readonly cloud: LocalCloud;
  readonly credentials: S3Credentials;
}

/** Event context of each action. */
const CONTEXTS: Readonly<Record<string, string>> = {
  HeadObject: "headObjectContext",
  ListObjects: "listObjectsContext",
  ListObjectsV2: "listObjectsV2Context",
};

/**
 * Reads through an Object Lambda access point. GetObject becomes an event with a presigned URL, and the answer is what
 * the function writes with WriteGetObjectResponse; HEAD and LIST are answered with what the function returns. Actions
 * that the access point does not have pass through to the originals, as in the cloud; writing is refused.
 */
export class ObjectLambdaTarget implements S3Target {
  constructor(private readonly parts: ObjectLambdaParts) {}

  /** Answers one verified request. */
  async handle(request: S3Request, response: ServerResponse): Promise<void> {
    try {
      const action = actionOf(request);
      if (action === "GetObject" || action === "HeadObject") this.#assertFeatures(action, request);
      const answering = this.parts.actions.get(action ?? "");
      if (action === undefined || answering === undefined) await this.parts.originals.handle(request, response);
      else if (action === "GetObject") await this.#write(answering, request, response);
      else await this.#return(action, answering, request, response);
    } catch (error) {
      if (!(error instanceof ObjectLambdaError)) throw error;
      sendObjectLambdaError(response, error);
    }
  }

  #assertFeatures(action: string, { headers, query }: S3Request): void {
    const range = headers.range !== undefined || [...query.keys()].some((name) => /^range$/i.test(name));
    const asked = [range && `${action}-Range`, query.has("partNumber") && `${action}-PartNumber`];
    for (const feature of asked) {
      if (feature && !this.parts.allowedFeatures.has(feature)) throw new ObjectLambdaError("NotImplemented");
    }
  }

  async #write(answering: ObjectLambdaFunction, request: S3Request, response: ServerResponse): Promise<void> {
    const { route, token, written, forget } = this.parts.responses.expect();
    try {
      const more = { outputRoute: route, outputToken: token };
      const run = this.#invoke(answering, request, { name: "getObjectContext", more });
      // The function may answer and go on, or end without having answered: whichever is first decides.
      const first = await Promise.race([written, run.then(() => settledWithout(written))]);
      run.catch(() => undefined);
      await forward(first, response);
    } finally {
      forget();
    }
  }

  async #return(
    action: string,
    answering: ObjectLambdaFunction,
    request: S3Request,
    response: ServerResponse,
  ): Promise<void> {
    sendReturned(action, await this.#invoke(answering, request, { name: CONTEXTS[action] ?? "" }), response);
  }

  async #invoke({ lambda, payload }: ObjectLambdaFunction, request: S3Request, context: EventContext): Promise<string> {
    const event = await objectLambdaEvent(request, { ...this.parts, payload }, context);
    try {
      const { body } = await lambda.invoke(event);
      return await text(body);
    } catch (error) {
      throw error instanceof FunctionError ? functionFailure(error) : error;
    }
  }
}

/**
 * What a request asks for; undefined for what is never transformed.
 * @throws ObjectLambdaError MethodNotAllowed for a write
 */
function actionOf({ method, key, query }: S3Request): string | undefined {
  if (method !== "GET" && method !== "HEAD") throw new ObjectLambdaError("MethodNotAllowed");
  if (hasSubresource(query)) return undefined;
  if (key !== "") return method === "GET" ? "GetObject" : "HeadObject";
  if (method === "HEAD") return undefined;
  return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
}

function hasSubresource(query: URLSearchParams): boolean {
  const ofObjects = ["acl", "tagging", "attributes", "retention", "legal-hold", "torrent", "uploadId"];
  const ofBuckets = ["location", "versions", "uploads", "versioning", "policy", "policyStatus", "lifecycle", "cors"];
  return [...ofObjects, ...ofBuckets].some((name) => query.has(name));
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
  try {
    if (status >= 400) {
      request.resume();
      const code = String(headers["x-amz-fwd-error-code"] ?? "UnknownError");
      const message = String(headers["x-amz-fwd-error-message"] ?? "");
      const { "content-length": _, ...rest } = forwardedHeaders(headers);
      sendObjectLambdaError(response, { status, code, message, headers: rest });
      return;
    }
    const { "content-length": length, ...rest } = forwardedHeaders(headers);
    // 304 speaks of an object whose length it does not say; the length here is that of the write.
    const sized = status !== 304 && length !== undefined && { "content-length": length };
    response.writeHead(status, { "x-amz-request-id": randomUUID(), ...rest, ...sized });
    await passOn(request, response);
  } finally {
    accept();
  }
}

/** `x-amz-fwd-header-<name>` becomes `<name>`; metadata travels under its own name. */
function forwardedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const prefix = "x-amz-fwd-header-";
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(prefix) || name.startsWith("x-amz-meta-") || name === "content-length")
      .map(([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, String(value)]),
  );
}
