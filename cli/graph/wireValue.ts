import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/** A value as the engine's protocol carries it: JSON, with signed objects for what JSON has no word for. */
export type WireValue = null | boolean | number | string | WireValue[] | { [key: string]: WireValue };

/** An object of wire values: a resource's inputs, a function's arguments. */
export type WireObject = { [key: string]: WireValue };

/** Key that turns an object into something else than an object. Source: `@pulumi/pulumi/runtime/rpc`, `specialSigKey`. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** What a signed object stands for. Source: `@pulumi/pulumi/runtime/rpc`. */
export const SIGNATURES = {
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** The string that stands for an unknown value. Source: `@pulumi/pulumi/runtime/rpc`, `unknownValue`. */
export const UNKNOWN_ON_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

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
