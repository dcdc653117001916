import { AssetReference, type GraphValue, isUnknown, Secret } from "../contracts/graph";

/** A value as Pulumi's protocols carry it: JSON, with signatures for what JSON cannot say. */
export type WireValue = null | boolean | number | string | readonly WireValue[] | { readonly [key: string]: WireValue };

/** Key and values that mark special objects (pulumi `sdk/go/common/resource/sig/sig.go`). */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
export const Signature = {
  Secret: "1b47061264138c4ac30d75fd1eb44270",
  Asset: "c44067f5952c0a294b673a41bacd8c17",
  Archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

/**
 * What stands for an unknown value, by its type: bool, number, string, array, asset, archive, object (pulumi
 * `sdk/go/common/resource/plugin/rpc.go`). The Node.js SDK sends the string's whatever the type.
 */
export const UNKNOWN_SENTINELS: readonly string[] = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A graph value as the engine sends it to a policy: unknowns as sentinels, secrets marked, assets by reference. */
export function toWire(value: GraphValue): WireValue {
  if (value === null || typeof value !== "object") return value;
  if (isUnknown(value)) return UNKNOWN_STRING;
  if (value instanceof Secret) return { [SIGNATURE_KEY]: Signature.Secret, value: toWire(value.value) };
  if (value instanceof AssetReference) return assetToWire(value);
  if (Array.isArray(value)) return value.map(toWire);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toWire(entry)]));
}

/** The key under which each kind of asset or archive carries its source. */
const ASSET_KINDS: Readonly<Record<AssetReference["kind"], { readonly signature: string; readonly key: string }>> = {
  file: { signature: Signature.Asset, key: "path" },
  text: { signature: Signature.Asset, key: "text" },
  remote: { signature: Signature.Asset, key: "uri" },
  archive: { signature: Signature.Archive, key: "path" },
  "remote-archive": { signature: Signature.Archive, key: "uri" },
  assets: { signature: Signature.Archive, key: "assets" },
};

function assetToWire({ kind, source }: AssetReference): WireValue {
  const { signature, key } = ASSET_KINDS[kind];
  const entries =
    typeof source === "string" ? source : Object.entries(source).map(([name, asset]) => [name, assetToWire(asset)]);
  return { [SIGNATURE_KEY]: signature, [key]: typeof entries === "string" ? entries : Object.fromEntries(entries) };
}
