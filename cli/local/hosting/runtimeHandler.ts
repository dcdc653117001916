import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { ServingHeader } from "../../../contracts/servingContainer";
import type { LocalPlane, RouteHandler } from "../localPlane";
import { SignatureError } from "../s3/sigV4";
import { type SignedBodyOptions, signedBody } from "../signedBody";
import { asyncRequest } from "./asyncRequest";
import { invokeRequest } from "./invokeRequest";
import { LocalEndpoint } from "./localEndpoint";
import { RuntimeError } from "./runtimeError";

/** Path below which endpoints are invoked. */
export const RUNTIME_PATH = "/endpoints/";

const { payloadBytes } = SERVICE_LIMITS.sagemaker.serving;

/** Headers of the container's answer that callers see; everything else is dropped, as SageMaker drops it. */
const ANSWER_HEADERS = [
  ServingHeader.CustomAttributes,
  "x-amzn-sagemaker-new-session-id",
  "x-amzn-sagemaker-closed-session-id",
];

const REQUESTS: SignedBodyOptions = {
  service: "sagemaker",
  maxBytes: payloadBytes,
  refusals: {
    tooLong: () =>
      new RuntimeError(
        "ValidationError",
        `1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to ${payloadBytes}`,
      ),
    bodyNotSigned: () => new RuntimeError("InvalidSignatureException", "The body is not the signed one."),
  },
};

/** What a caller is answered. */
interface RuntimeAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * SageMaker Runtime's wire, AWS REST JSON 1.1 (smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html): InvokeEndpoint
 * and InvokeEndpointAsync on the endpoints that run on a plane. Requests must be signed for `sagemaker`.
 */
export function createRuntimeHandler(plane: LocalPlane): RouteHandler {
  return async (request, response, rest) => {
    response.setHeader("x-amzn-requestid", randomUUID());
    try {
      const { status, headers, body } = await answerOf(plane, request, rest);
      response.writeHead(status, { ...headers, "content-length": body.length }).end(body);
    } catch (error) {
      const known = toRuntimeError(error);
      // What was not read of a request stands before the next one.
      if (!request.complete) response.setHeader("connection", "close");
      response.writeHead(known.status, { "content-type": "application/json", "x-amzn-errortype": known.type });
      response.end(JSON.stringify(known.body));
    } finally {
      request.resume();
    }
  };
}

async function answerOf(plane: LocalPlane, request: IncomingMessage, rest: string): Promise<RuntimeAnswer> {
  const body = await signedBody(request, plane, REQUESTS);
  const [, encoded = "", operation] = /^([^/?]+)\/([^/?]+)$/.exec(rest) ?? [];
  const name = decoded(encoded);
  const isAsync = operation === "async-invocations";
  if (request.method !== "POST" || (operation !== "invocations" && !isAsync)) {
    const asked = operation === undefined ? "This request" : `POST ${RUNTIME_PATH}{EndpointName}/${operation}`;
    throw new RuntimeError("ValidationError", `${asked} does not run here; InvokeEndpoint and InvokeEndpointAsync do.`);
  }
  const endpoint = plane.all(LocalEndpoint).find(({ settings }) => settings.name === name);
  if (endpoint === undefined) {
    const { accountId } = plane.cloud;
    throw new RuntimeError("ValidationError", `Endpoint ${name} of account ${accountId} not found.`);
  }
  return isAsync ? accept(endpoint, request, body) : invoke(endpoint, request, body);
}

async function invoke(endpoint: LocalEndpoint, request: IncomingMessage, body: Buffer): Promise<RuntimeAnswer> {
  const { variantName, answer } = await endpoint.invoke(invokeRequest(request.headers, body));
  const headers: OutgoingHttpHeaders = { "x-amzn-invoked-production-variant": variantName };
  for (const name of ["content-type", ...ANSWER_HEADERS]) {
    if (answer.headers[name] !== undefined) headers[name] = answer.headers[name];
  }
  return { status: 200, headers, body: answer.body };
}

function accept({ async, settings }: LocalEndpoint, { headers }: IncomingMessage, body: Buffer): RuntimeAnswer {
  if (async === undefined) {
    throw new RuntimeError(
      "ValidationError",
      `Endpoint ${settings.name} does not support this inference type: it answers at once, and InvokeEndpoint asks it.`,
    );
  }
  const { inferenceId, outputLocation, failureLocation } = async.accept(asyncRequest(headers, body));
  return {
    status: 202,
    headers: {
      "content-type": "application/json",
      "x-amzn-sagemaker-outputlocation": outputLocation,
      ...(failureLocation !== undefined && { "x-amzn-sagemaker-failurelocation": failureLocation }),
    },
    body: Buffer.from(JSON.stringify({ InferenceId: inferenceId })),
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function toRuntimeError(error: unknown): RuntimeError {
  if (error instanceof RuntimeError) return error;
  if (error instanceof SignatureError) return new RuntimeError("InvalidSignatureException", error.message);
  process.emitWarning(error instanceof Error ? error : String(error));
  return new RuntimeError("InternalFailure", "An internal failure occurred.");
}
