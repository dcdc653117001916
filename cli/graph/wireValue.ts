import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { SIGNATURE_KEY, SIGNATURES, UNKNOWN_ON_WIRE } from "../../contracts/wireSignatures";

/** A value as the engine's protocol carries it: JSON, with signed objects for what JSON has no word for. */
export type WireValue = null | boolean | number | string | WireValue[] | { [key: string]: WireValue };

/** An object of wire values: a resource's inputs, a function's arguments. */
export type WireObject = { [key: string]: WireValue };

export { SIGNATURE_KEY, SIGNATURES, UNKNOWN_ON_WIRE };

/** Narrows a wire value to an object. */
export function isWireObject(value: WireValue | undefined): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True when the object is signed as the given kind of thing. */
export function isSigned(value: WireObject, kind: keyof typeof SIGNATURES): boolean {
  return value[SIGNATURE_KEY] === SIGNATURES[kind];
}

/** Signs an object, so that the SDK reads it as the given kind of thing. */
export function sign(kind: keyof typeof SIGNATURES, value: WireObject): WireObject {
  return { [SIGNATURE_KEY]: SIGNATURES[kind], ...value };
}

/** How many unknowns a value holds. */
export function countUnknowns(value: WireValue): number {
  if (value === UNKNOWN_ON_WIRE) return 1;
  if (typeof value !== "object" || value === null) return 0;
  if (!Array.isArray(value) && isSigned(value, "output") && !("value" in value)) return 1;
  return Object.values(value).reduce<number>((count, inner) => count + countUnknowns(inner), 0);
}

/** Reads a message's properties; a message without any has none. */
export function fromStruct(struct: Struct | undefined): WireObject {
  const value = toWire(struct?.toJavaScript() ?? {});
  return isWireObject(value) ? value : {};
}

/** Writes properties into a message. */
export function toStruct(value: WireObject): Struct {
  return Struct.fromJavaScript(value);
}

/** Narrows what protobuf calls a JavaScript value to what it can really be. */
function toWire(value: unknown): WireValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toWire(inner)]));
  }
  throw new TypeError(`a ${typeof value} cannot travel over the protocol`);
}
