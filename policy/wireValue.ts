import { AssetReference, type GraphValue, isUnknown, Secret } from "../contracts/graph";
import { SIGNATURE_KEY, SIGNATURES, UNKNOWN_ON_WIRE } from "../contracts/wireSignatures";

/** A value as Pulumi's protocols carry it: JSON, with signatures for what JSON cannot say. */
export type WireValue = null | boolean | number | string | readonly WireValue[] | { readonly [key: string]: WireValue };

/**
 * What stands for an unknown value, by its type: bool, number, string, array, asset, archive, object (pulumi
 * `sdk/go/common/resource/plugin/rpc.go`). The Node.js SDK sends the string's whatever the type.
 */
export const UNKNOWN_SENTINELS: readonly string[] = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  UNKNOWN_ON_WIRE,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/** A graph value as the engine sends it to a policy: unknowns as sentinels, secrets marked, assets by reference. */
export function toWire(value: GraphValue): WireValue {
  if (value === null || typeof value !== "object") return value;
  if (isUnknown(value)) return UNKNOWN_ON_WIRE;
  if (value instanceof Secret) return { [SIGNATURE_KEY]: SIGNATURES.secret, value: toWire(value.value) };
  if (value instanceof AssetReference) return assetToWire(value);
  if (Array.isArray(value)) return value.map(toWire);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toWire(entry)]));
}

/** The key under which each kind of asset or archive carries its source. */
const ASSET_KINDS: Readonly<Record<AssetReference["kind"], { readonly signature: string; readonly key: string }>> = {
  file: { signature: SIGNATURES.asset, key: "path" },
  text: { signature: SIGNATURES.asset, key: "text" },
  remote: { signature: SIGNATURES.asset, key: "uri" },
  archive: { signature: SIGNATURES.archive, key: "path" },
  "remote-archive": { signature: SIGNATURES.archive, key: "uri" },
  assets: { signature: SIGNATURES.archive, key: "assets" },
};

function assetToWire({ kind, source }: AssetReference): WireValue {
  const { signature, key } = ASSET_KINDS[kind];
  const entries =
    typeof source === "string" ? source : Object.entries(source).map(([name, asset]) => [name, assetToWire(asset)]);
  return { [SIGNATURE_KEY]: signature, [key]: typeof entries === "string" ? entries : Object.fromEntries(entries) };
}
