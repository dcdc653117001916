import { createHash } from "node:crypto";
import { UNKNOWN } from "../../contracts/graph";
import type { CaptureSession } from "./captureSession";
import { decodeProperties } from "./decodeWire";
import { providerType, resourceUrn } from "./resourceUrn";
import { UNKNOWN_ON_WIRE, type WireObject } from "./wireValue";

/** Which provider a resource or function call needs when its program names none. */
export interface ProviderRequest {
  readonly package: string;
  /** Version the SDK asks for, or empty. */
  readonly version: string;
  /** Address to download the plugin from, or empty. */
  readonly downloadUrl: string;
}

/** Packages that the engine provides itself: they have no version. */
const BUILT_IN = ["pulumi"];

/**
 * The provider that serves a request of a program which names none. As at the engine it is a resource of the stack,
 * made when first needed and configured from the stack's configuration of its package.
 * @returns the provider as the protocol refers to it, `urn::id`
 */
export function defaultProvider(session: CaptureSession, request: ProviderRequest): string {
  const isBuiltIn = BUILT_IN.includes(request.package);
  const version = request.version || (isBuiltIn ? "" : (session.shapes.version(request.package) ?? ""));
  const type = providerType(request.package);
  const urn = resourceUrn(session.scope, type, defaultProviderName(version, request.downloadUrl));
  const id = session.mode === "preview" ? UNKNOWN_ON_WIRE : providerId(urn);
  if (session.resource(urn) === undefined) {
    const state: WireObject = packageConfig(session, request.package);
    if (version !== "") state["version"] = version;
    if (request.downloadUrl !== "") state["pluginDownloadURL"] = request.downloadUrl;
    const inputs = decodeProperties(state, () => ({ workingDirectory: session.workingDirectory, unknown: UNKNOWN }));
    session.add({
      graph: {
        urn,
        type,
        name: defaultProviderName(version, request.downloadUrl),
        custom: true,
        implicit: true,
        inputs,
        dependencies: [],
        propertyDependencies: {},
        options: {},
        ...(session.mode === "resolved" && { id, outputs: inputs }),
      },
      providerReference: "",
      providers: {},
      state,
      unmarkedOutput: undefined,
    });
  }
  return `${urn}::${id}`;
}

/** Id of a provider resource, which the engine invents: a UUID, here the same in every run. */
export function providerId(urn: string): string {
  const hash = createHash("sha256").update(urn).digest("hex");
  return [8, 12, 16, 20, 32].map((end, index, ends) => hash.slice(ends[index - 1] ?? 0, end)).join("-");
}

/** `default`, the version's parts and the plugin's address, with what a name cannot hold replaced by `_`. */
function defaultProviderName(version: string, downloadUrl: string): string {
  const parts = version === "" ? [] : version.split(/[.+-]/);
  const address = downloadUrl.split("/").filter((part) => part !== "");
  const segments = address.map((part) => part.replace(/^[^A-Za-z0-9_.]/, "_").replace(/[^A-Za-z0-9_.-]/g, "_"));
  return ["default", ...parts, ...(downloadUrl === "" ? [] : [segments.join("/")])].join("_");
}

function packageConfig(session: CaptureSession, name: string): WireObject {
  const prefix = `${name}:`;
  const entries = Object.entries(session.config).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value]));
}
