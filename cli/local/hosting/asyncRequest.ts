import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { printGiven } from "../../../contracts/problems";
import { type S3Location, s3LocationOf } from "../../../contracts/s3Location";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { ServingHeader } from "../../../contracts/servingContainer";
import { ASCII, assertShapes, PRINTABLE, type Shape, textOf } from "./invokeRequest";
import { RuntimeError } from "./runtimeError";

/** An InvokeEndpointAsync, checked. */
export interface AsyncRequest {
  /** As it was given. */
  readonly inferenceId: string | undefined;
  /** Where what is asked lies; undefined when the request has it itself. */
  readonly input: S3Location | undefined;
  /** What is asked, when it is no object. */
  readonly body: Buffer;
  /** Added to the path of answers and failures. */
  readonly pathExtension: string | undefined;
  /** Name of the answer's object. */
  readonly filename: string | undefined;
  /** Seconds that the request may wait. */
  readonly ttlSeconds: number;
  /** Seconds that the answer may take. */
  readonly timeoutSeconds: number;
  /** What goes on to the container. */
  readonly headers: OutgoingHttpHeaders;
}

const { customAttributesCharacters } = SERVICE_LIMITS.sagemaker.serving;
const { answerSeconds, defaultAnswerSeconds, inlinePayloadBytes } = SERVICE_LIMITS.sagemaker.options.async;

/** Seconds that a request may wait: least, and most, which is the default (API_runtime_InvokeEndpointAsync.html). */
const TTL_SECONDS = { min: 60, max: 21_600 };

const HEADER = {
  contentType: "x-amzn-sagemaker-content-type",
  accept: "x-amzn-sagemaker-accept",
  inferenceId: "x-amzn-sagemaker-inference-id",
  inputLocation: "x-amzn-sagemaker-inputlocation",
  pathExtension: "x-amzn-sagemaker-s3outputpathextension",
  filename: "x-amzn-sagemaker-filename",
  ttl: "x-amzn-sagemaker-requestttlseconds",
  timeout: "x-amzn-sagemaker-invocationtimeoutseconds",
} as const;

/** Folders of a key, as the service's model has them; without a slash at their ends, since what SageMaker makes of one is not said. */
const KEY_PART = /^(?!s3:|https:|\/)[a-zA-Z0-9!_.*'()/-]+(?<!\/)$/;
/** A name with one dot at most. */
const FILE_NAME = /^(?!.*\..*\.)[a-zA-Z0-9][a-zA-Z0-9-_.]*$/;

/** Headers that are checked, from the service's model (botocore `sagemaker-runtime/2017-05-13`). */
const SHAPES: readonly Shape[] = [
  { member: "contentType", header: HEADER.contentType, max: 1024, pattern: ASCII },
  { member: "accept", header: HEADER.accept, max: 1024, pattern: ASCII },
  {
    member: "customAttributes",
    header: ServingHeader.CustomAttributes,
    max: customAttributesCharacters,
    pattern: ASCII,
  },
  { member: "inferenceId", header: HEADER.inferenceId, min: 1, max: 64, pattern: PRINTABLE },
  { member: "inputLocation", header: HEADER.inputLocation, min: 1, max: 1024, pattern: /^s3:\/\/[^/]+\/.+$/ },
  { member: "s3OutputPathExtension", header: HEADER.pathExtension, min: 1, max: 512, pattern: KEY_PART },
  { member: "filename", header: HEADER.filename, min: 1, max: 32, pattern: FILE_NAME },
];

/**
 * Checks what a caller sent, all of it at once.
 * @throws RuntimeError ValidationError
 */
export function asyncRequest(headers: IncomingHttpHeaders, body: Buffer): AsyncRequest {
  assertShapes(SHAPES, headers);
  const location = utf8(textOf(headers, HEADER.inputLocation));
  const input = location === undefined ? undefined : s3LocationOf(location);
  if ((input === undefined) === (body.length === 0)) {
    const given = input === undefined ? "neither" : "both";
    throw refused(`InputLocation and Body: given ${given}; allowed: exactly one of them`);
  }
  if (body.length > inlinePayloadBytes) {
    throw refused(`Body: given ${body.length} bytes; allowed: ${inlinePayloadBytes}, and more as an object in S3`);
  }
  const passedOn: OutgoingHttpHeaders = {};
  const pass = (name: string, header: string): void => {
    const value = textOf(headers, header);
    if (value !== undefined) passedOn[name] = value;
  };
  pass("content-type", HEADER.contentType);
  pass("accept", HEADER.accept);
  pass(ServingHeader.CustomAttributes, ServingHeader.CustomAttributes);
  pass(HEADER.inferenceId, HEADER.inferenceId);
  return {
    inferenceId: textOf(headers, HEADER.inferenceId),
    input,
    body,
    pathExtension: textOf(headers, HEADER.pathExtension),
    filename: textOf(headers, HEADER.filename),
    ttlSeconds: seconds(headers, HEADER.ttl, "RequestTTLSeconds", TTL_SECONDS) ?? TTL_SECONDS.max,
    timeoutSeconds:
      seconds(headers, HEADER.timeout, "InvocationTimeoutSeconds", { min: 1, max: answerSeconds }) ??
      defaultAnswerSeconds,
    headers: passedOn,
  };
}

/** What was sent as UTF-8, as clients spell a key, and came as bytes; as it came when it is none. */
function utf8(value: string | undefined): string | undefined {
  try {
    return value && new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}

function seconds(
  headers: IncomingHttpHeaders,
  header: string,
  member: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  const value = textOf(headers, header);
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw refused(`${member}: given ${printGiven(value)}; allowed: ${min} to ${max} seconds`);
}

function refused(message: string): RuntimeError {
  return new RuntimeError("ValidationError", message);
}
