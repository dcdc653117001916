import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { XMLBuilder } from "fast-xml-parser";

/** Errors of S3 Object Lambda itself (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
const ERRORS = {
  LambdaInvalidResponse: [400, "The Lambda function's response is not one that S3 Object Lambda takes."],
  LambdaResponseNotReceived: [500, "The Lambda function exited without successfully calling WriteGetObjectResponse."],
  LambdaRuntimeError: [500, "The Lambda function failed during execution."],
  LambdaTimeout: [500, "The Lambda function did not respond in the allowed time."],
  MethodNotAllowed: [405, "The specified method is not allowed against this resource."],
  SlowDown: [503, "Please reduce your request rate."],
  NotImplemented: [501, "Operation Not Implemented."],
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

/** An error as it is answered. */
export interface AnsweredError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with an error in S3's XML; a HEAD, and 304, without it. */
export function sendObjectLambdaError(response: ServerResponse, error: AnsweredError): void {
  if (response.headersSent) return void response.destroy();
  const requestId = randomUUID();
  const { code: Code, message: Message } = error;
  const xml = new XMLBuilder().build({ Error: { Code, Message, RequestId: requestId } });
  const headers = { ...error.headers, "content-type": "application/xml", "x-amz-request-id": requestId };
  response.writeHead(error.status, headers);
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
}
