import { parse } from "yaml";
import * as z from "zod";
import { Computed, PackageSchema } from "./packageSchema";

const Project = z.object({
  runtime: z.literal("yaml"),
  packages: z.record(z.string(), z.string()),
  config: z.record(z.string(), z.unknown()).default({}),
  resources: z.record(
    z.string(),
    z.strictObject({ type: z.string(), properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

/** A reference in text: `${images.url}`. */
const REFERENCE = /\$\{([^}]*)\}/g;

/** What is wrong with a program in YAML that uses the component package. */
export function yamlProblems(text: string): readonly string[] {
  const { packages, config, resources, outputs } = Project.parse(parse(text));
  const schema = new PackageSchema((name) => name);
  const types = new Map(Object.entries(resources).map(([name, { type }]) => [name, componentOf(type)]));
  const made = Object.keys(resources);
  return [
    ...("frugal-ml" in packages ? [] : ["packages: frugal-ml is missing"]),
    ...Object.entries(resources).flatMap(([name, { type, properties }]) =>
      schema
        .problems(types.get(name) ?? "", computedIn(properties), made)
        .map((problem) => `resources.${name} (${type}): ${problem}`),
    ),
    ...[...JSON.stringify([resources, outputs]).matchAll(REFERENCE)].flatMap(([, reference = ""]) => {
      const [name = "", output] = reference.split(".");
      if (output === undefined) return name in config ? [] : [`${reference}: not in config`];
      return schema.outputs(types.get(name) ?? "").includes(output) ? [] : [`${reference}: no such output`];
    }),
  ];
}

/** `frugal-ml:X` is what is written for `frugal-ml:index:X`. */
function componentOf(type: string): string {
  return /^frugal-ml:(?:index:)?(\w+)$/.exec(type)?.[1] ?? type;
}

function computedIn(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, computed(inner)]));
}

function computed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(computed);
  const record = z.record(z.string(), z.unknown()).safeParse(value);
  if (record.success) return computedIn(record.data);
  const names = typeof value === "string" ? [...value.matchAll(REFERENCE)] : [];
  return names.length === 0 ? value : new Computed(names.map(([, reference = ""]) => reference.split(".")[0] ?? ""));
}
