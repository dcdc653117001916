import { CannotRunError } from "../../contracts/cannotRunError";
import type { GraphObject } from "../../contracts/graph";
import type { CaptureSession, LocalProvider, LocalResource } from "./captureSession";
import { providerId } from "./defaultProviders";
import { encodeProperties } from "./encodeWire";
import { fromOutputValues } from "./outputValues";
import { providedPackage, STACK_REFERENCE_TYPE } from "./resourceUrn";
import {
  countUnknowns,
  isSigned,
  isWireObject,
  sign,
  UNKNOWN_ON_WIRE,
  type WireObject,
  type WireValue,
} from "./wireValue";

/** What the program is told about a resource once it is registered. */
export interface ResourceAnswer {
  /** Physical id, or empty while it is unknown. */
  readonly id: string;
  /** Properties, inputs and outputs. */
  readonly state: WireObject;
  /** Names of the properties that are unknown. */
  readonly unknown: readonly string[];
  /** The one unknown output that could not be marked as where unknowns come from; undefined when there are several. */
  readonly unmarkedOutput: string | undefined;
}

/** The resource that is answered for. */
export interface AskedResource extends LocalResource {
  readonly remote: boolean;
  /** Inputs as they came. */
  readonly properties: WireObject;
  /** Names of outputs that are secret besides those that come from secret inputs. */
  readonly secretOutputs: readonly string[];
}

/** The answer to the registration of a custom resource or a remote component. */
export function answerRegistration(session: CaptureSession, resource: AskedResource): ResourceAnswer {
  if (session.mode === "preview" || resource.remote) {
    // The id of a resource cannot be marked; whether everything else is depends on what its package declares.
    const isDeclared = session.shapes.properties(resource.type).length > 0;
    return answerWithout(session, resource, "", isDeclared && !resource.remote ? "id" : undefined);
  }
  if (providedPackage(resource.type) !== undefined) {
    return { ...answerWith(resource, {}), id: providerId(resource.urn) };
  }
  const { id, outputs } = localProvider(session).create(resource);
  return { ...answerWith(resource, outputs), id };
}

/** The answer to the read of a resource whose id the program gives; the id may be unknown itself. */
export function answerRead(session: CaptureSession, resource: AskedResource, id: string): ResourceAnswer {
  if (session.mode === "preview") {
    // Nothing can be marked in the answer to a read, but a stack reference has hardly anything else to wait for.
    return answerWithout(session, resource, id, resource.type === STACK_REFERENCE_TYPE ? "outputs" : undefined);
  }
  return { ...answerWith(resource, session.provider?.read?.({ ...resource, id }) ?? {}), id };
}

/** The local provider, which the resolved mode cannot do without. */
export function localProvider(session: CaptureSession): LocalProvider {
  if (session.provider === undefined) {
    throw new CannotRunError("ProviderMissing", "the resolved mode needs a local provider that answers registrations");
  }
  return session.provider;
}

/** Nobody to ask: what was given is known, and every other property that the type declares is unknown. */
function answerWithout(
  session: CaptureSession,
  resource: AskedResource,
  id: string,
  unmarkedOutput: string | undefined,
): ResourceAnswer {
  const given = secured(echo(resource.properties), resource.secretOutputs);
  const declared = session.shapes.properties(resource.type);
  const missing = declared.filter((property) => !(property in given));
  const state = { ...given, ...Object.fromEntries(missing.map((property) => [property, UNKNOWN_ON_WIRE])) };
  const unknown = Object.entries(state).flatMap(([key, value]) => (countUnknowns(value) > 0 ? [key] : []));
  return { id, state, unknown, unmarkedOutput };
}

function answerWith(resource: AskedResource, outputs: GraphObject): Omit<ResourceAnswer, "id"> {
  const state = secured({ ...echo(resource.properties), ...encodeProperties(outputs) }, resource.secretOutputs);
  return { state, unknown: [], unmarkedOutput: undefined };
}

function secured(properties: WireObject, secretOutputs: readonly string[]): WireObject {
  const entries = Object.entries(properties).map(([key, value]): [string, WireValue] => {
    const already = isWireObject(value) && isSigned(value, "secret");
    return [key, secretOutputs.includes(key) && !already ? sign("secret", { value }) : value];
  });
  return Object.fromEntries(entries);
}

/** Inputs as outputs. An empty text asset would come back as an error of the SDK, which takes it for no asset at all. */
function echo(properties: WireObject): WireObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      hasEmptyAsset(value) ? UNKNOWN_ON_WIRE : fromOutputValues(value),
    ]),
  );
}

function hasEmptyAsset(value: WireValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isWireObject(value) && isSigned(value, "asset")) return !value["path"] && !value["text"] && !value["uri"];
  return Object.values(value).some(hasEmptyAsset);
}
