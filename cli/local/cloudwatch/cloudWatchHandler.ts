import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import * as z from "zod";
import type { LocalPlane, ProtocolHandler } from "../localPlane";
import { SignatureError } from "../s3/sigV4";
import { type JsonRequestOptions, signedJsonRequest } from "../signedJsonRequest";
import { CLOUDWATCH_OPERATIONS } from "./cloudWatchOperations";

/** First part of `x-amz-target` of CloudWatch. */
export const CLOUDWATCH_TARGET = "GraniteServiceVersion20100801";

/** An error of CloudWatch. */
class CloudWatchError extends Error {
  constructor(
    readonly type: "InvalidParameterValueException" | "UnknownOperationException" | "InvalidSignatureException",
    message: string,
  ) {
    super(message);
    this.name = "CloudWatchError";
  }
}

const REQUESTS: JsonRequestOptions = {
  service: "monitoring",
  // The service's own limit of a megabyte is for metrics that are sent, which do not run here.
  maxBytes: 1024 * 1024,
  refusals: {
    tooLong: () => new CloudWatchError("InvalidParameterValueException", "The request is too long."),
    bodyNotSigned: () => new CloudWatchError("InvalidSignatureException", "The body is not the signed one."),
    notJson: () => new CloudWatchError("InvalidParameterValueException", "The body is not JSON."),
  },
};

/**
 * CloudWatch's wire as boto3, the AWS CLI and SDK v3 speak it, AWS JSON 1.0
 * (smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html), over the metrics of a plane. Requests must be signed for
 * `monitoring`.
 */
export function createCloudWatchHandler(plane: LocalPlane): ProtocolHandler {
  return async (request, response) => {
    try {
      const input = await signedJsonRequest(request, plane, REQUESTS);
      const name = String(request.headers["x-amz-target"]).slice(CLOUDWATCH_TARGET.length + 1);
      const operation = Object.hasOwn(CLOUDWATCH_OPERATIONS, name) ? CLOUDWATCH_OPERATIONS[name] : undefined;
      if (operation === undefined) throw new CloudWatchError("UnknownOperationException", `${name} does not run here.`);
      answer(response, 200, await operation(input, plane));
    } catch (error) {
      const { type, message } = toCloudWatchError(error);
      // Clients know the errors by the names that they had in the service's first protocol.
      response.setHeader("x-amzn-query-error", `${type.replace(/Exception$/, "")};Sender`);
      const status = type === "InvalidSignatureException" ? 403 : 400;
      answer(response, status, { __type: `com.amazonaws.cloudwatch#${type}`, message });
    }
  };
}

function toCloudWatchError(error: unknown): CloudWatchError {
  if (error instanceof CloudWatchError) return error;
  if (error instanceof SignatureError) return new CloudWatchError("InvalidSignatureException", error.message);
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, message }) => `${path.join(".") || "request"}: ${message}`);
    return new CloudWatchError("InvalidParameterValueException", issues.join("; "));
  }
  throw error;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() });
  response.end(JSON.stringify(body));
}
