import type { GraphObject } from "../../contracts/graph";
import type { CaptureSession } from "./captureSession";
import type { ResultProperty, ResultType } from "./declaredShape";
import { encodeProperties } from "./encodeWire";
import { unknownText } from "./placeholderText";
import { providerRegion } from "./providerRegion";
import { computeFunction } from "./pureFunctions";
import { UNKNOWN_ON_WIRE, type WireObject, type WireValue } from "./wireValue";

/** How many entries a list has that only the cloud knows: as many as a region has availability zones, commonly. */
const PLACEHOLDER_LIST_LENGTH = 3;

/** A call of a provider's function. */
export interface FunctionCall {
  readonly token: string;
  /** Arguments as they came, and as the graph understands them. */
  readonly args: WireObject;
  readonly decoded: GraphObject;
  /** The provider as the protocol refers to it, `urn::id`. */
  readonly providerReference: string;
}

/** Answers a function: from the local provider, by computing it, or else with a flagged placeholder. */
export function answerFunction(session: CaptureSession, call: FunctionCall): WireObject {
  const { token } = call;
  if (token === "pulumi:pulumi:getResource") return resourceState(session, call.args);
  const answered = session.provider?.invoke?.(token, call.decoded);
  if (answered !== undefined) return encodeProperties(answered);
  const computed = computeFunction(token, call.args, {
    region: providerRegion(session, call.providerReference),
    accountId: session.provider?.accountId,
  });
  if (computed !== undefined) return computed;
  session.flag("invoke", token);
  return placeholderResult(session, call);
}

/** Answers a method of a resource, which only a provider could: everything it returns is unknown. */
export function answerMethod(session: CaptureSession, token: string): WireObject {
  session.flag("call", token);
  return { result: UNKNOWN_ON_WIRE };
}

/**
 * The result of a function that nobody can answer. A program gets it in one of two forms and the protocol does not say
 * in which. As a promise, the program computes with what is inside there and then, so texts are placeholders. As an
 * output that is used whole, one unknown property makes all of it unknown. What `apply` makes of a single text of it,
 * `JSON.parse` say, may fail; then the program is run again with a result that is unknown throughout.
 */
function placeholderResult(session: CaptureSession, call: FunctionCall): WireObject {
  const properties = session.shapes.results(call.token);
  if (session.opaqueFunctions.has(call.token)) {
    const unknown = properties.map(({ name }): [string, WireValue] => [name, call.args[name] ?? UNKNOWN_ON_WIRE]);
    return { unknown: UNKNOWN_ON_WIRE, ...Object.fromEntries(unknown) };
  }
  return { unknown: UNKNOWN_ON_WIRE, ...placeholderOf(properties, call.args), ...recommendedImage(call) };
}

/**
 * Parameters that AWS publishes itself, such as `/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended`, hold
 * JSON that programs read at once. Source: Amazon ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux AMI metadata".
 */
function recommendedImage({ token, args }: FunctionCall): WireObject {
  const name = args["name"];
  const isPublished = typeof name === "string" && /^\/aws\/service\/.*\/recommended$/.test(name);
  if (token !== "aws:ssm/getParameter:getParameter" || !isPublished) return {};
  const keys = ["image_id", "image_name", "image_version", "os", "ecs_agent_version", "ecs_runtime_version"];
  return { value: JSON.stringify(Object.fromEntries(keys.map((key) => [key, unknownText()]))) };
}

function placeholderOf(properties: readonly ResultProperty[], given: WireObject): WireObject {
  const result: WireObject = {};
  for (const { name, optional, type, list } of properties) {
    const value = given[name];
    if (value !== undefined) result[name] = value;
    else if (!optional) result[name] = list ? placeholderList(type) : placeholderValue(type);
  }
  return result;
}

function placeholderList(type: ResultType): WireValue {
  if (type === "other") return UNKNOWN_ON_WIRE;
  return Array.from({ length: PLACEHOLDER_LIST_LENGTH }, (_, index) => placeholderValue(type, index));
}

function placeholderValue(type: ResultType, index?: number): WireValue {
  if (type === "string") return unknownText(index);
  return type === "other" ? UNKNOWN_ON_WIRE : placeholderOf(type, {});
}

/** The SDK asks for a resource of this very program, by its URN. */
function resourceState(session: CaptureSession, args: WireObject): WireObject {
  const urn = String(args["urn"]);
  const resource = session.resource(urn);
  if (resource === undefined) throw new Error(`unknown resource ${urn}`);
  return { urn, id: resource.graph.id ?? "", state: resource.state };
}
