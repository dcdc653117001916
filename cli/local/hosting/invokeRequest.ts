import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { printGiven } from "../../../contracts/problems";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { ServingHeader } from "../../../contracts/servingContainer";
import { RuntimeError } from "./runtimeError";

/** An InvokeEndpoint, checked. */
export interface InvokeRequest {
  /** As it was given. */
  readonly targetModel: string | undefined;
  readonly targetVariant: string | undefined;
  /** Hostname of a container that is invoked directly. */
  readonly targetContainer: string | undefined;
  /** What goes on to the container, and nothing else of what the caller sent. */
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** A header of a request, as the service's model has it. */
export interface Shape {
  /** Member of the service's model. */
  readonly member: string;
  /** Lower-case name. */
  readonly header: string;
  readonly min?: number;
  readonly max: number;
  readonly pattern: RegExp;
  /** Goes on to the container. */
  readonly isPassedOn?: boolean;
}

const { customAttributesCharacters } = SERVICE_LIMITS.sagemaker.serving;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the service's model says ASCII
export const ASCII = /^[\x00-\x7f]*$/;
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;
/** A session, or the word that begins one. */
const SESSION = /^(NEW_SESSION|[a-zA-Z0-9](-*[a-zA-Z0-9])*)$/;
export const PRINTABLE = /^[\x21-\x7e][\x20-\x7e]*$/;

const TARGET_CONTAINER = "x-amzn-sagemaker-target-container-hostname";

/** Headers that are checked, from the service's model (botocore `sagemaker-runtime/2017-05-13`). */
const SHAPES: readonly Shape[] = [
  { member: "contentType", header: "content-type", max: 1024, pattern: ASCII, isPassedOn: true },
  { member: "accept", header: "accept", max: 1024, pattern: ASCII, isPassedOn: true },
  {
    member: "customAttributes",
    header: ServingHeader.CustomAttributes,
    max: customAttributesCharacters,
    pattern: ASCII,
    isPassedOn: true,
  },
  { member: "targetContainerHostname", header: TARGET_CONTAINER, max: 63, pattern: NAME },
  { member: "targetVariant", header: "x-amzn-sagemaker-target-variant", max: 63, pattern: NAME },
  {
    member: "inferenceId",
    header: "x-amzn-sagemaker-inference-id",
    min: 1,
    max: 64,
    pattern: PRINTABLE,
    isPassedOn: true,
  },
  { member: "sessionId", header: "x-amzn-sagemaker-session-id", max: 256, pattern: SESSION, isPassedOn: true },
  // A hint for the choice of an instance, of which there is one.
  { member: "prefixAwareId", header: "x-amzn-sagemaker-prefix-aware-id", min: 1, max: 64, pattern: PRINTABLE },
];

/** Headers that ask for what an endpoint here does not have. */
const ABSENT: Readonly<Record<string, string>> = {
  "x-amzn-sagemaker-enable-explanations": "EnableExplanations is given, and the endpoint has no explainer.",
  "x-amzn-sagemaker-inference-component":
    "InferenceComponentName is given, and the endpoint has no inference components.",
};

/**
 * Checks what a caller sent, all of it at once.
 * @throws RuntimeError ValidationError
 */
export function invokeRequest(headers: IncomingHttpHeaders, body: Buffer): InvokeRequest {
  assertShapes(SHAPES, headers);
  const passedOn: OutgoingHttpHeaders = {};
  for (const { header, isPassedOn } of SHAPES) {
    const value = textOf(headers, header);
    if (isPassedOn && value !== undefined) passedOn[header] = value;
  }
  for (const [header, message] of Object.entries(ABSENT)) {
    if (headers[header] !== undefined) throw new RuntimeError("ValidationError", message);
  }
  const targetModel = textOf(headers, ServingHeader.TargetModel);
  if (targetModel !== undefined) passedOn[ServingHeader.TargetModel] = targetModel;
  return {
    targetModel,
    targetVariant: textOf(headers, "x-amzn-sagemaker-target-variant"),
    targetContainer: textOf(headers, TARGET_CONTAINER),
    headers: passedOn,
    body,
  };
}

/** Checks headers, all of them at once. @throws RuntimeError ValidationError */
export function assertShapes(shapes: readonly Shape[], headers: IncomingHttpHeaders): void {
  const problems = shapes.flatMap(({ member, header, min = 0, max, pattern }) => {
    const value = textOf(headers, header);
    if (value === undefined || (value.length >= min && value.length <= max && pattern.test(value))) return [];
    return `Value ${printGiven(value)} at '${member}' failed to satisfy constraint: Member must have ${min} to ${max} characters and satisfy regular expression pattern ${pattern.source}`;
  });
  if (problems.length === 0) return;
  const errors = problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
  throw new RuntimeError("ValidationError", `${errors} detected: ${problems.join("; ")}`);
}

/** A header's text; undefined without it. */
export function textOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}
