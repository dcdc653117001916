import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { XMLBuilder } from "fast-xml-parser";

/** Errors of S3 Object Lambda itself (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
const ERRORS = {
  LambdaResponseNotReceived: [500, "The Lambda function exited without successfully calling WriteGetObjectResponse."],
  LambdaRuntimeError: [500, "The Lambda function failed during execution."],
  LambdaTimeout: [500, "The Lambda function did not respond in the allowed time."],
  MethodNotAllowed: [405, "The specified method is not allowed against this resource."],
  SlowDown: [503, "Please reduce your request rate."],
  NotImplemented: [501, "Range and part reads are not among the access point's allowed features."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** An answer that the access point gives in the function's place. */
export class ObjectLambdaError extends Error {
  readonly status: number;

  constructor(
    readonly code: keyof typeof ERRORS,
    detail?: string,
  ) {
    const [status, message] = ERRORS[code];
    super(detail ? `${message} ${detail}` : message);
    this.name = "ObjectLambdaError";
    this.status = status;
  }
}

/** Answers with an error in S3's XML. */
export function sendObjectLambdaError(
  response: ServerResponse,
  error: { readonly status: number; readonly code: string; readonly message: string },
): void {
  if (response.headersSent) return void response.destroy();
  const requestId = randomUUID();
  const { code: Code, message: Message } = error;
  const xml = new XMLBuilder().build({ Error: { Code, Message, RequestId: requestId } });
  response.writeHead(error.status, { "content-type": "application/xml", "x-amz-request-id": requestId });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
}
