import { readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const Spec = z.object({
  type: z.string().optional(),
  $ref: z.string().optional(),
  plain: z.boolean().optional(),
  get items() {
    return Spec.optional();
  },
  get additionalProperties() {
    return Spec.optional();
  },
});

const Specs = z.record(z.string(), Spec);

const Schema = z.object({
  resources: z.record(
    z.string(),
    z.object({ inputProperties: Specs, requiredInputs: z.array(z.string()).default([]), properties: Specs }),
  ),
  types: z.record(z.string(), z.object({ properties: Specs, required: z.array(z.string()).default([]) })),
});

type Spec = z.infer<typeof Spec>;

/** A value that a program computes: what it is of is not known, but what it is made from is. */
export class Computed {
  /** @param from names of variables or resources in it */
  constructor(readonly from: readonly string[]) {}
}

/** How a language spells the names of the schema. */
export type Spelling = (name: string) => string;

/** What components/schema.json lets programs of any language say. */
export class PackageSchema {
  readonly #schema = Schema.parse(
    JSON.parse(readFileSync(path.resolve(__dirname, "../../components/schema.json"), "utf8")),
  );

  /** @param spelling how the programs' language spells properties */
  constructor(private readonly spelling: Spelling) {}

  /** Names of the components, for example `NormalizingAccessPoint`. */
  get components(): readonly string[] {
    return Object.keys(this.#schema.resources).map((type) => type.split(":").at(-1) ?? "");
  }

  /** What a component gives back, as the language spells it. */
  outputs(component: string): readonly string[] {
    return Object.keys(this.#resource(component)?.properties ?? {}).map(this.spelling);
  }

  /**
   * What a component does not take, or wants and does not get.
   * @param outputs names of what is only known after something was made
   */
  problems(component: string, given: Readonly<Record<string, unknown>>, outputs: readonly string[]): readonly string[] {
    const resource = this.#resource(component);
    if (resource === undefined) return [`no component ${component}; allowed: ${this.components.join(", ")}`];
    return this.#object(component, resource.inputProperties, resource.requiredInputs, given, outputs);
  }

  #resource(component: string) {
    return this.#schema.resources[`frugal-ml:index:${component}`];
  }

  #object(
    at: string,
    specs: Readonly<Record<string, Spec>>,
    required: readonly string[],
    given: Readonly<Record<string, unknown>>,
    outputs: readonly string[],
  ): readonly string[] {
    const known = new Map(Object.entries(specs).map(([name, spec]) => [this.spelling(name), spec]));
    const missing = required.map(this.spelling).filter((name) => !(name in given));
    return [
      ...missing.map((name) => `${at}.${name}: required, and missing`),
      ...Object.entries(given).flatMap(([name, value]) => {
        const spec = known.get(name);
        if (spec === undefined) return [`${at}.${name}: not an input`];
        return this.#value(`${at}.${name}`, spec, value, outputs);
      }),
    ];
  }

  #value(at: string, spec: Spec, value: unknown, outputs: readonly string[]): readonly string[] {
    if (value instanceof Computed) {
      const late = value.from.filter((name) => outputs.includes(name));
      return spec.plain && late.length > 0 ? [`${at}: must be known before ${late.join(", ")} is made`] : [];
    }
    if (spec.$ref !== undefined) {
      const type = this.#schema.types[spec.$ref.replace("#/types/", "")];
      if (type === undefined) return [`${at}: no type ${spec.$ref}`];
      if (!isRecord(value)) return [`${at}: must be an object`];
      return this.#object(at, type.properties, type.required, value, outputs);
    }
    const { items, additionalProperties } = spec;
    if (items !== undefined) {
      if (!Array.isArray(value)) return [`${at}: must be a list`];
      return value.flatMap((item, index) => this.#value(`${at}[${index}]`, items, item, outputs));
    }
    if (additionalProperties !== undefined) {
      if (!isRecord(value)) return [`${at}: must be an object`];
      return Object.entries(value).flatMap(([key, item]) =>
        this.#value(`${at}.${key}`, additionalProperties, item, outputs),
      );
    }
    return typeof value === spec.type ? [] : [`${at}: must be a ${spec.type}`];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
