import type { GraphObject } from "../../../contracts/graph";
import { Unknown } from "../../../contracts/graph";
import { decodeProperties } from "../../graph/decodeWire";
import { isSigned, isWireObject, sign, UNKNOWN_ON_WIRE, type WireObject, type WireValue } from "../../graph/wireValue";

/**
 * Strings that stand for an unknown value, by type: the CLI writes them as they are
 * (pulumi `sdk/go/common/resource/plugin/rpc.go`: UnknownBoolValue and those after it).
 */
const UNKNOWNS: ReadonlySet<WireValue> = new Set([
  UNKNOWN_ON_WIRE,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What `pulumi preview --json` writes in place of a secret. */
const BLANKED = "[secret]";

/**
 * Reads properties as the CLI writes them into files. They differ from the protocol's in their secrets: encrypted or
 * blanked out, which is unknown, or in clear (`--show-secrets`), as JSON.
 * @param dependencies for each property, the URNs it depends on, from which an unknown may come
 * @param workingDirectory folder that paths of assets start from
 */
export function readEngineValues(
  properties: WireObject,
  dependencies: Readonly<Record<string, readonly string[]>>,
  workingDirectory: string,
): GraphObject {
  const onWire = toProtocol(properties);
  return decodeProperties(isWireObject(onWire) ? onWire : {}, (property) => {
    const [only, ...others] = (Object.hasOwn(dependencies, property) && dependencies[property]) || [];
    return { workingDirectory, unknown: new Unknown(others.length === 0 ? only : undefined) };
  });
}

function toProtocol(value: WireValue): WireValue {
  if (UNKNOWNS.has(value)) return UNKNOWN_ON_WIRE;
  if (value === BLANKED) return sign("secret", { value: UNKNOWN_ON_WIRE });
  if (Array.isArray(value)) return value.map(toProtocol);
  if (!isWireObject(value)) return value;
  if (isSigned(value, "secret")) return sign("secret", { value: toProtocol(secretValue(value)) });
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toProtocol(inner)]));
}

function secretValue({ plaintext, value }: WireObject): WireValue {
  if (typeof plaintext !== "string") return value ?? UNKNOWN_ON_WIRE;
  try {
    const json: WireValue = JSON.parse(plaintext);
    return json;
  } catch {
    return plaintext;
  }
}
