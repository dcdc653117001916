import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { HOSTING_OPERATIONS } from "../hosting/hostingOperations";
import type { LocalPlane } from "../localPlane";
import { SignatureError } from "../s3/sigV4";
import { type JsonRequestOptions, signedJsonRequest } from "../signedJsonRequest";
import { SageMakerError } from "./sagemakerError";
import { SAGEMAKER_OPERATIONS } from "./sagemakerOperations";
import { TRANSFORM_OPERATIONS } from "./transform/transformOperations";

/** First part of `x-amz-target` of the SageMaker control plane. */
export const SAGEMAKER_TARGET = "SageMaker";

const OPERATIONS = { ...SAGEMAKER_OPERATIONS, ...HOSTING_OPERATIONS, ...TRANSFORM_OPERATIONS };

/** Largest request that is read: no operation takes a definition, so that all are small. */
const MAX_REQUEST_BYTES = 2 * 1024 * 1024;

const REQUESTS: JsonRequestOptions = {
  service: "sagemaker",
  maxBytes: MAX_REQUEST_BYTES,
  refusals: {
    tooLong: () => new SageMakerError("ValidationException", "The request is too long."),
    bodyNotSigned: () => new SageMakerError("InvalidSignatureException", "The body is not the signed one."),
    notJson: () => new SageMakerError("SerializationException", "The body is not JSON."),
  },
};

/**
 * The SageMaker control plane's wire, AWS JSON 1.1 (smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html), over the
 * pipelines, endpoints and transform jobs that run on a plane. Requests must be signed for `sagemaker`.
 */
export function createSageMakerHandler(
  plane: LocalPlane,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      const input = await signedJsonRequest(request, plane, REQUESTS);
      const name = String(request.headers["x-amz-target"]).slice(SAGEMAKER_TARGET.length + 1);
      const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
      if (operation === undefined) throw new SageMakerError("UnknownOperationException", `${name} does not run here.`);
      answer(response, 200, await operation(input, plane));
    } catch (error) {
      const known = toSageMakerError(error);
      response.setHeader("x-amzn-errortype", known.type);
      answer(response, known.status, known.body);
    }
  };
}

function toSageMakerError(error: unknown): SageMakerError {
  if (error instanceof SageMakerError) return error;
  if (error instanceof SignatureError) return new SageMakerError("InvalidSignatureException", error.message);
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, message }) => `${path.join(".") || "request"}: ${message}`);
    const errors = issues.length === 1 ? "1 validation error" : `${issues.length} validation errors`;
    return new SageMakerError("ValidationException", `${errors} detected: ${issues.join("; ")}`);
  }
  throw error;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() });
  response.end(JSON.stringify(body));
}
