import * as z from "zod";
import type { GraphResource, SourceLocation } from "../../../contracts/graph";
import { referencedProvider } from "../../graph/resourceUrn";
import type { WireObject, WireValue } from "../../graph/wireValue";
import { readEngineValues } from "./engineValues";

const properties: z.ZodType<WireObject> = z.record(z.string(), z.json()) satisfies z.ZodType<Record<string, WireValue>>;
const urns = z.array(z.string()).nullish();

/** A resource in the engine's own files (pulumi `sdk/go/common/apitype/core.go`, ResourceV3). */
export const EngineResource = z.object({
  urn: z.string().regex(/^urn:pulumi:[^:]+::[^:]+::.+::.+$/s, "a URN of Pulumi"),
  type: z.string(),
  custom: z.boolean().default(false),
  id: z.string().optional(),
  parent: z.string().optional(),
  external: z.boolean().optional(),
  delete: z.boolean().optional(),
  protect: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
  inputs: properties.nullish(),
  outputs: properties.nullish(),
  dependencies: urns,
  propertyDependencies: z.record(z.string(), urns).nullish(),
  provider: z.string().optional(),
  sourcePosition: z.string().optional(),
  stackTrace: z.array(z.object({ sourcePosition: z.string().optional() })).nullish(),
});
export type EngineResource = z.output<typeof EngineResource>;

/** Where paths in the engine's files start. */
export interface EngineRoot {
  /** Folder of the project; absolute. */
  readonly folder: string;
  /** Path of that folder inside its repository, with forward slashes; empty when it is the repository. */
  readonly inRepository: string;
}

/** Name of a default provider, which no line of a program registers. */
const DEFAULT_PROVIDER = /^pulumi:providers:[^:]+::default(_|$)/;

/** Paths in the engine's positions start with this, and go on relative to the project. */
const POSITION = /^project:\/\/\/(.+)#([1-9]\d{0,8})(?:,(\d{1,9}))?$/;

/** A resource of the engine's files as one of the graph. */
export function graphResource(given: EngineResource, root: EngineRoot): GraphResource {
  const propertyDependencies = Object.fromEntries(
    Object.entries(given.propertyDependencies ?? {}).map(([property, on]) => [property, on ?? []]),
  );
  const values = (object: WireObject | null | undefined) =>
    readEngineValues(object ?? {}, propertyDependencies, root.folder);
  const location = enginePosition(given, root);
  const name = given.urn.split("::").slice(3).join("::");
  return {
    urn: given.urn,
    type: given.type,
    name,
    custom: given.custom,
    inputs: values(given.inputs),
    dependencies: given.dependencies ?? [],
    propertyDependencies,
    options: {
      ...(given.protect && { protect: true }),
      ...(given.retainOnDelete && { retainOnDelete: true }),
    },
    ...(given.parent && { parent: given.parent }),
    ...(given.external && { external: true }),
    ...(DEFAULT_PROVIDER.test(`${given.type}::${name}`) && { implicit: true }),
    ...(given.provider && { provider: referencedProvider(given.provider) }),
    ...(given.id && { id: given.id }),
    ...(given.outputs && { outputs: values(given.outputs) }),
    ...(location && { location }),
  };
}

/** The nearest frame inside the project that is not an installed package. */
function enginePosition({ stackTrace, sourcePosition }: EngineResource, root: EngineRoot): SourceLocation | undefined {
  for (const position of [...(stackTrace ?? []).map((frame) => frame.sourcePosition), sourcePosition]) {
    const [, path = "", line = "", column = "1"] = POSITION.exec(position ?? "") ?? [];
    const parts = path.split("/");
    if (path === "" || parts.includes("..") || parts.includes("node_modules")) continue;
    const file = root.inRepository === "" ? path : `${root.inRepository}/${path}`;
    return { file, line: Number(line), column: Math.max(1, Number(column)) };
  }
  return undefined;
}
