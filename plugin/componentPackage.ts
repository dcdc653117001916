import type { ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import type * as provider from "@pulumi/pulumi/provider";
import { getPulumiComponents } from "@pulumi/pulumi/provider/experimental";
import * as z from "zod";
import * as components from "../components";

const Schema = z.object({
  version: z.string(),
  resources: z.record(z.string(), z.object({ properties: z.record(z.string(), z.unknown()) })),
});

/**
 * The components as a provider for every Pulumi language, from the schema that was generated when the package was
 * built: nothing is compiled or analysed where it is used.
 */
export class ComponentPackage implements provider.Provider {
  readonly version: string;
  readonly #outputs: ReadonlyMap<string, readonly string[]>;

  /**
   * @param schema the package's schema as JSON
   * @throws z.ZodError when it is no schema
   */
  constructor(readonly schema: string) {
    const { version, resources } = Schema.parse(JSON.parse(schema));
    this.version = version;
    this.#outputs = new Map(Object.entries(resources).map(([type, { properties }]) => [type, Object.keys(properties)]));
  }

  /** @throws Error when there is no such component, naming those that there are */
  async construct(
    name: string,
    type: string,
    inputs: Inputs,
    options: ComponentResourceOptions,
  ): Promise<provider.ConstructResult> {
    const outputs = this.#outputs.get(type);
    const component = getPulumiComponents(components).find((each) => type === `frugal-ml:index:${each.name}`);
    if (outputs === undefined || component === undefined) {
      throw new Error(`no component ${type}; allowed: ${[...this.#outputs.keys()].join(", ")}`);
    }
    const made = new component(name, inputs, options);
    const values = new Map<string, unknown>(Object.entries(made));
    return { urn: made.urn, state: Object.fromEntries(outputs.map((output) => [output, values.get(output)])) };
  }
}
