import { resolve } from "node:path";
import {
  AssetReference,
  type GraphObject,
  type GraphValue,
  isGraphObject,
  Secret,
  UNKNOWN,
  Unknown,
} from "../../contracts/graph";
import { classifyText } from "./placeholderText";
import { isSigned, isWireObject, UNKNOWN_ON_WIRE, type WireObject, type WireValue } from "./wireValue";

/** What reading a wire value depends on. */
export interface DecodeContext {
  /** Folder the program runs in; relative paths of assets start there. */
  readonly workingDirectory: string;
  /** What an unknown inside the value waits for. */
  readonly unknown: Unknown;
  /** What an unknown that carries its own dependencies waits for. */
  unknownFrom?(dependencies: readonly string[]): Unknown;
}

/** Reads a value from the wire. Text that was computed from a placeholder becomes unknown here. */
export function decodeWire(value: WireValue, context: DecodeContext): GraphValue {
  if (typeof value === "string") return decodeText(value, context);
  if (Array.isArray(value)) return value.map((entry) => decodeWire(entry, context));
  if (!isWireObject(value)) return value;
  if (isSigned(value, "secret")) return asSecret(decodeWire(value["value"] ?? null, context));
  if (isSigned(value, "output")) return decodeOutput(value, context);
  if (isSigned(value, "asset")) return decodeAsset(value, context);
  if (isSigned(value, "archive")) return decodeArchive(value, context);
  if (isSigned(value, "resource")) return decodeResource(value, context);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decodeWire(inner, context)]));
}

/**
 * Reads an object of properties.
 * @param contextOf the context of each property, since each waits for other resources
 */
export function decodeProperties(properties: WireObject, contextOf: (property: string) => DecodeContext): GraphObject {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, decodeWire(value, contextOf(key))]));
}

function decodeText(text: string, context: DecodeContext): GraphValue {
  if (text === UNKNOWN_ON_WIRE) return context.unknown;
  const kind = classifyText(text);
  if (kind === "secret") return new Secret(UNKNOWN);
  return kind === "unknown" ? UNKNOWN : text;
}

function asSecret(value: GraphValue): GraphValue {
  return value instanceof Secret ? value : new Secret(value);
}

function decodeOutput(value: WireObject, context: DecodeContext): GraphValue {
  const inner = value["value"];
  const dependencies = Array.isArray(value["dependencies"]) ? value["dependencies"].map(String) : [];
  const unknown = dependencies.length > 0 && context.unknownFrom ? context.unknownFrom(dependencies) : context.unknown;
  const result = inner === undefined ? unknown : decodeWire(inner, { ...context, unknown });
  return value["secret"] === true ? asSecret(result) : result;
}

function decodeResource(value: WireObject, context: DecodeContext): GraphValue {
  const urn = decodeWire(value["urn"] ?? null, context);
  const id = value["id"];
  if (id === undefined || typeof urn !== "string") return { urn };
  return { urn, id: id === "" || id === UNKNOWN_ON_WIRE ? new Unknown(urn, "id") : decodeWire(id, context) };
}

function decodeAsset(value: WireObject, context: DecodeContext): GraphValue {
  if (value["path"] !== undefined) return decodeReference("file", value["path"], context);
  if (value["uri"] !== undefined) return decodeReference("remote", value["uri"], context);
  return decodeReference("text", value["text"] ?? "", context);
}

function decodeArchive(value: WireObject, context: DecodeContext): GraphValue {
  const assets = value["assets"];
  if (assets === undefined) {
    if (value["path"] !== undefined) return decodeReference("archive", value["path"], context);
    return decodeReference("remote-archive", value["uri"] ?? "", context);
  }
  const entries = decodeWire(assets, context);
  if (!isGraphObject(entries)) return entries;
  const references: Record<string, AssetReference> = {};
  for (const [name, entry] of Object.entries(entries)) {
    const reference = entry instanceof Secret ? entry.value : entry;
    // One entry whose content is unknown makes the archive as a whole unknown.
    if (!(reference instanceof AssetReference)) return entry instanceof Secret ? new Secret(UNKNOWN) : context.unknown;
    references[name] = reference;
  }
  return new AssetReference("assets", references);
}

function decodeReference(kind: AssetReference["kind"], source: WireValue, context: DecodeContext): GraphValue {
  const decoded = decodeWire(source, context);
  const plain = decoded instanceof Secret ? decoded.value : decoded;
  if (typeof plain !== "string") return decoded;
  const isPath = kind === "file" || kind === "archive";
  const reference = new AssetReference(kind, isPath ? resolve(context.workingDirectory, plain) : plain);
  return decoded instanceof Secret ? new Secret(reference) : reference;
}
