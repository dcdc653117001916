import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { LocalPlane } from "../localPlane";
import { SignatureError } from "../s3/sigV4";
import { type JsonRequestOptions, signedJsonRequest } from "../signedJsonRequest";
import { LocalQueue } from "./localQueue";
import { SqsError } from "./sqsError";
import { MAX_MESSAGE_BYTES, type QueueDirectory, SQS_OPERATIONS } from "./sqsOperations";

/** First part of `x-amz-target` of the queue service. */
export const SQS_TARGET = "AmazonSQS";

/** Largest request that is read: JSON may take six bytes for one of a message. */
const MAX_REQUEST_BYTES = 7 * MAX_MESSAGE_BYTES;

const REQUESTS: JsonRequestOptions = {
  service: "sqs",
  maxBytes: MAX_REQUEST_BYTES,
  refusals: {
    tooLong: () => new SqsError("BatchRequestTooLong", "The request is too long."),
    bodyNotSigned: () => new SqsError("InvalidSignatureException", "The body is not the signed one."),
    notJson: () => new SqsError("InvalidParameterValue", "The body is not JSON."),
  },
};

/**
 * The queue service's wire, AWS JSON 1.0 (smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html), over the queues
 * that run on a plane. Requests must be signed for `sqs`.
 */
export function createSqsHandler(
  plane: LocalPlane,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const queues = directoryOf(plane);
  return async (request, response) => {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    try {
      const input = await signedJsonRequest(request, plane, REQUESTS);
      const name = String(request.headers["x-amz-target"]).slice(SQS_TARGET.length + 1);
      const operation = Object.hasOwn(SQS_OPERATIONS, name) ? SQS_OPERATIONS[name] : undefined;
      if (operation === undefined) throw new SqsError("UnsupportedOperation", `${name} does not run here.`);
      answer(response, 200, await operation(input, queues, gone.signal));
    } catch (error) {
      const known = toSqsError(error);
      response.setHeader("x-amzn-query-error", `${known.queryCode};Sender`);
      answer(response, known.status, { __type: `com.amazonaws.sqs#${known.type}`, message: known.message });
    }
  };
}

function directoryOf(plane: LocalPlane): QueueDirectory {
  const find = (matches: (queue: LocalQueue) => boolean): LocalQueue => {
    const queue = plane.all(LocalQueue).find(matches);
    if (queue === undefined) throw new SqsError("QueueDoesNotExist", "The specified queue does not exist.");
    return queue;
  };
  return {
    // A client may know the plane by another name than the URL has: only its path counts.
    byUrl: (url) => find(({ settings }) => pathOf(settings.url) === pathOf(url)),
    byName: (name) => find(({ settings }) => settings.name === name),
  };
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function toSqsError(error: unknown): SqsError {
  if (error instanceof SqsError) return error;
  if (error instanceof SignatureError) return new SqsError("InvalidSignatureException", error.message);
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    return new SqsError("InvalidParameterValue", issues.join("; "));
  }
  throw error;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() });
  response.end(JSON.stringify(body));
}
