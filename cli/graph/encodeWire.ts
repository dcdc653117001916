import {
  AssetReference,
  type GraphObject,
  type GraphValue,
  isGraphObject,
  Secret,
  Unknown,
} from "../../contracts/graph";
import { sign, UNKNOWN_ON_WIRE, type WireObject, type WireValue } from "./wireValue";

/** Writes a value as the SDK expects it. */
export function encodeWire(value: GraphValue): WireValue {
  if (value instanceof Unknown) return UNKNOWN_ON_WIRE;
  if (value instanceof Secret) return sign("secret", { value: encodeWire(value.value) });
  if (value instanceof AssetReference) return encodeReference(value);
  if (isGraphObject(value)) return encodeProperties(value);
  if (typeof value === "object" && value !== null) return value.map(encodeWire);
  return value;
}

/** Writes an object of properties. */
export function encodeProperties(properties: GraphObject): WireObject {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, encodeWire(value)]));
}

function encodeReference(reference: AssetReference): WireObject {
  const { kind, source } = reference;
  if (typeof source !== "string") {
    const assets = Object.fromEntries(Object.entries(source).map(([name, entry]) => [name, encodeReference(entry)]));
    return sign("archive", { assets });
  }
  if (kind === "text") return sign("asset", { text: source });
  const isAsset = kind === "file" || kind === "remote";
  const property = kind === "remote" || kind === "remote-archive" ? "uri" : "path";
  return sign(isAsset ? "asset" : "archive", { [property]: source });
}
