import type { GraphResource, ResourceGraph } from "../../contracts/graph";
import { textAt } from "../quotas/graphInput";
import type { UnaskedUsage } from "./priceResult";
import { Range } from "./range";
import type { Usage } from "./usage/usage";

/** A stack as pricing asks about it: who depends on whom, in which Region, how much is used. */
export class PricedStack {
  readonly resources: readonly GraphResource[];
  readonly #byUrn: ReadonlyMap<string, GraphResource>;
  readonly #byType = new Map<string, readonly GraphResource[]>();
  readonly #parents = new Map<string, readonly GraphResource[]>();
  readonly #asked = new Map<string, Set<string>>();

  /** @param elsewhere Region of resources of which nothing tells theirs */
  constructor(
    graph: ResourceGraph,
    readonly usage: Usage,
    private readonly elsewhere?: string,
  ) {
    this.resources = graph.resources.filter(({ external }) => !external);
    this.#byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]));
  }

  find(urn: string | undefined): GraphResource | undefined {
    return urn === undefined ? undefined : this.#byUrn.get(urn);
  }

  /** Parents of a resource from the nearest to the outermost, without the stack. */
  parents(resource: GraphResource): readonly GraphResource[] {
    const known = this.#parents.get(resource.urn);
    if (known) return known;
    const parent = this.find(resource.parent);
    const parents = parent === undefined || parent.parent === undefined ? [] : [parent, ...this.parents(parent)];
    this.#parents.set(resource.urn, parents);
    return parents;
  }

  /** The nearest parent of a type. */
  parentOf(resource: GraphResource, type: string): GraphResource | undefined {
    return this.parents(resource).find((parent) => parent.type === type);
  }

  /** Region of a resource: its own, that of its provider, or the one of its ARN; undefined when it is not known. */
  region(resource: GraphResource): string | undefined {
    const provider = this.find(resource.provider);
    const nearest = provider ?? this.resources.find(({ type }) => type === "pulumi:providers:aws");
    const told = textAt(resource.inputs, "region") ?? textAt(nearest?.inputs, "region");
    return (
      told ?? (textAt(resource.outputs, "region") || regionOfArn(textAt(resource.outputs, "arn")) || this.elsewhere)
    );
  }

  /** Resources of a type one of whose properties names another, or any property when none is given. */
  dependents(on: GraphResource, type: string, property?: string): readonly GraphResource[] {
    return this.#ofType(type).filter((resource) => {
      const urns = property === undefined ? resource.dependencies : resource.propertyDependencies[property];
      return urns?.includes(on.urn) ?? false;
    });
  }

  /** Resources of a type that a resource depends on, through a property or any. */
  dependencies(of: GraphResource, type: string, property?: string): readonly GraphResource[] {
    const urns = property === undefined ? of.dependencies : (of.propertyDependencies[property] ?? []);
    return this.#ofType(type).filter((resource) => urns.includes(resource.urn));
  }

  #ofType(type: string): readonly GraphResource[] {
    const known = this.#byType.get(type) ?? this.resources.filter((resource) => resource.type === type);
    this.#byType.set(type, known);
    return known;
  }

  /** A quantity of a resource: what the usage file says of it by name, `type::name` or URN, or else what is given here. */
  quantity(resource: GraphResource, name: string, otherwise: Range): Range {
    for (const key of [resource.urn, `${resource.type}::${resource.name}`, resource.name]) {
      this.#asked.set(key, (this.#asked.get(key) ?? new Set()).add(name));
      const given = this.usage.resources[key]?.[name];
      if (given) return given;
    }
    return otherwise;
  }

  /** Quantities of the usage file that no resource asked for, with those that its resource knows. */
  unasked(): readonly UnaskedUsage[] {
    return Object.entries(this.usage.resources).flatMap(([resource, quantities]) => {
      const known = [...(this.#asked.get(resource) ?? [])];
      const unknown = Object.keys(quantities).filter((quantity) => !known.includes(quantity));
      return unknown.map((quantity) => ({ resource, quantity, known }));
    });
  }

  /** Reads of images in a month. */
  get imageReads(): Range {
    const { perMonth, epochs, readers } = this.usage.images;
    return perMonth.times(epochs).times(readers);
  }

  /** Customers: what the usage file says, else what the stack's fleets expect, else the default. */
  get customers(): Range {
    if (this.usage.given.has("training.customers")) return this.usage.training.customers;
    const expected = this.resources
      .filter(({ type }) => type === "frugal-ml:index:TrainingFleet")
      .map(({ inputs }) => inputs["expectedCustomers"])
      .filter((count) => typeof count === "number");
    return expected.length > 0 ? Range.sum(expected.map(Range.exactly)) : this.usage.training.customers;
  }

  /** Forecasts asked for in a month. */
  get forecasts(): Range {
    return this.customers.times(this.usage.serving.forecastsPerCustomer);
  }
}

/** The Region in `arn:aws:service:region:account:resource`, which services of the world leave out. */
function regionOfArn(arn: string | undefined): string | undefined {
  return arn?.split(":")[3];
}
