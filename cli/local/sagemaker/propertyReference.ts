import { isJsonObject, type JsonValue } from "./jsonValue";

/**
 * What `{"Get":"Execution.…"}` can name
 * (docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-pipeline.html, execution variables).
 */
export const EXECUTION_PROPERTIES: readonly string[] = [
  "CurrentDateTime",
  "PipelineArn",
  "PipelineExecutionArn",
  "PipelineExecutionId",
  "PipelineName",
  "StartDateTime",
];

/** Where a reference can lead. What it leads to has properties for steps only. */
const SCOPES = ["Parameters", "Execution", "Steps"] as const;

/** Where the definition says that something takes its value from. */
export interface PropertyReference {
  /** `none` for what cannot be had: an unknown function, or an unknown place. */
  readonly scope: "Parameters" | "Execution" | "Steps" | "none";
  /** Name of the parameter, of the execution's property, or of the step. */
  readonly name: string;
  /** What follows the name, for a step. */
  readonly path: readonly string[];
  /** As it is written. */
  readonly text: string;
}

/** The reference that a value of a definition is; undefined when it stands for itself. */
export function referenceOf(value: JsonValue): PropertyReference | undefined {
  if (!isJsonObject(value)) return undefined;
  const [[key, inner] = [], ...others] = Object.entries(value);
  if (key === undefined || others.length > 0) return undefined;
  if (key === "Get" && typeof inner === "string") return parsed(inner);
  if (!key.startsWith("Std:") || joinOf(value) !== undefined) return undefined;
  return { scope: "none", name: key, path: [], text: JSON.stringify(value) };
}

/** The parts of a `Std:Join`, and what stands between them. */
export function joinOf(value: JsonValue): { readonly on: string; readonly values: readonly JsonValue[] } | undefined {
  const join = isJsonObject(value) ? value["Std:Join"] : undefined;
  if (!isJsonObject(join) || !Array.isArray(join["Values"])) return undefined;
  const on = join["On"] ?? "";
  return typeof on === "string" ? { on, values: join["Values"] } : undefined;
}

/** Every reference in a value, those in joins included. */
export function referencesIn(value: JsonValue): readonly PropertyReference[] {
  const reference = referenceOf(value);
  if (reference !== undefined) return [reference];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(referencesIn);
}

function parsed(text: string): PropertyReference {
  const match = /^(Parameters|Execution|Steps)\.([A-Za-z0-9_-]+)((?:\.\w+|\[\d+\]|\['[^']+'\])*)$/.exec(text);
  const [, scope, name = "", rest = ""] = match ?? [];
  const path = [...rest.matchAll(/\.(\w+)|\[(\d+)\]|\['([^']+)'\]/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
  const known = SCOPES.find((candidate) => candidate === scope && (candidate === "Steps") === path.length > 0);
  return { scope: known ?? "none", name, path, text };
}
