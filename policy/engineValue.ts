import { Secret as PolicySecret } from "@pulumi/policy";
import { asset } from "@pulumi/pulumi";
import { AssetReference, type GraphObject, type GraphValue, Secret, UNKNOWN } from "../contracts/graph";
import { UNKNOWN_SENTINELS } from "./wireValue";

/**
 * Reads a resource's properties as `@pulumi/policy` hands them to a policy: behind a proxy that throws as soon as an
 * unknown value is got, which would end the validation and make a mandatory policy advisory. Property descriptors do
 * not go through a proxy's `get`, so they are asked instead, and unknowns become `Unknown` before anyone touches one.
 * Secrets stay secret where the engine says so, which it does for remediation only.
 */
export async function fromEngine(properties: object): Promise<GraphObject> {
  const entries = Object.entries(Object.getOwnPropertyDescriptors(properties)).map(
    async ([key, { value }]): Promise<readonly [string, GraphValue]> => [key, await fromEngineValue(value)],
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function fromEngineValue(value: unknown): Promise<GraphValue> {
  if (typeof value === "string") return UNKNOWN_SENTINELS.includes(value) ? UNKNOWN : value;
  if (typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value !== "object" || value === null) return null;
  if (value instanceof PolicySecret) return new Secret(await fromEngineValue(value.value));
  if (Array.isArray(value)) return Promise.all(value.map(fromEngineValue));
  return (await assetReference(value)) ?? fromEngine(value);
}

/** The asset or archive as a reference, or undefined when the value is neither. The SDK keeps sources as promises. */
async function assetReference(value: object): Promise<AssetReference | undefined> {
  const isAsset = asset.Asset.isInstance(value);
  if (!isAsset && !asset.Archive.isInstance(value)) return undefined;
  if ("path" in value) return new AssetReference(isAsset ? "file" : "archive", await text(value.path));
  if ("uri" in value) return new AssetReference(isAsset ? "remote" : "remote-archive", await text(value.uri));
  if ("text" in value) return new AssetReference("text", await text(value.text));
  const assets = "assets" in value ? await value.assets : undefined;
  const entries = Object.entries(assets ?? {}).map(
    async ([name, entry]): Promise<readonly [string, AssetReference]> => {
      const reference = typeof entry === "object" && entry !== null ? await assetReference(entry) : undefined;
      if (!reference) throw new TypeError(`${name} of an asset archive is neither an asset nor an archive`);
      return [name, reference];
    },
  );
  return new AssetReference("assets", Object.fromEntries(await Promise.all(entries)));
}

async function text(source: unknown): Promise<string> {
  return String(await source);
}
