import type { GraphResource } from "../contracts/graph";
import type { RuleResource, StackRuleContext } from "../contracts/rule";

/** What a dependency walk needs of a resource. */
export type DependentResource = RuleResource & Pick<GraphResource, "dependencies" | "propertyDependencies">;

/** Type token of the stack, which everything descends from and nothing means to depend on. */
const STACK_TYPE = "pulumi:pulumi:Stack";

/** Indexes resources once, so that what a rule asks of its stack costs no more than the answer. */
export function stackIndex<R extends DependentResource>(resources: readonly R[]): Omit<StackRuleContext, "config"> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const byType = grouped(resources, ({ type }) => [type]);
  const dependents = grouped(resources, (resource) => new Set(urnsOf(resource)));
  const lists = new Map<string, readonly R[]>();
  return {
    dependenciesOf: dependencyIndex(resources),
    dependentsOf: ({ urn }, properties) => {
      const all = dependents.get(urn) ?? [];
      return properties ? all.filter((dependent) => urnsOf(dependent, properties).includes(urn)) : all;
    },
    ofTypes: (types) => {
      const key = types.join();
      const list = lists.get(key) ?? types.flatMap((type) => byType.get(type) ?? []);
      lists.set(key, list);
      return list;
    },
    providerOf: ({ provider }) => (provider === undefined ? undefined : byUrn.get(provider)),
  };
}

/** What a resource depends on, or what only some of its properties lead to. */
function urnsOf(resource: DependentResource, properties?: readonly string[]): readonly string[] {
  const on = resource.propertyDependencies;
  if (properties) return properties.flatMap((property) => on[property] ?? []);
  return [...resource.dependencies, ...Object.values(on).flat()];
}

function grouped<R>(resources: readonly R[], keysOf: (resource: R) => Iterable<string>): ReadonlyMap<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const resource of resources) {
    for (const key of keysOf(resource)) {
      const group = groups.get(key);
      if (group) group.push(resource);
      else groups.set(key, [resource]);
    }
  }
  return groups;
}

/**
 * Indexes resources once, so that asking for a resource's dependencies costs no more than there are.
 * @returns what `StackRuleContext.dependenciesOf` promises
 */
export function dependencyIndex<R extends DependentResource>(resources: readonly R[]) {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const children = grouped(resources, ({ parent }) => (parent === undefined ? [] : [parent]));

  return (of: RuleResource, properties?: readonly string[]): readonly R[] => {
    const origin = byUrn.get(of.urn);
    if (!origin) return [];
    const first = properties?.flatMap((property) => origin.propertyDependencies[property] ?? []) ?? origin.dependencies;
    const reached = new Set<R>();
    const queue = [...first];
    for (const urn of queue) {
      const dependency = byUrn.get(urn);
      if (!dependency || dependency === origin || reached.has(dependency)) continue;
      reached.add(dependency);
      queue.push(...dependency.dependencies);
      if (!dependency.custom && dependency.type !== STACK_TYPE) {
        queue.push(...(children.get(urn) ?? []).map((child) => child.urn));
      }
    }
    for (const dependency of [...reached]) {
      for (const component of componentsAround(dependency, byUrn)) reached.add(component);
    }
    reached.delete(origin);
    return [...reached];
  };
}

function componentsAround<R extends DependentResource>(resource: R, byUrn: ReadonlyMap<string, R>): readonly R[] {
  const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
  if (!parent || parent.type === STACK_TYPE) return [];
  return [parent, ...componentsAround(parent, byUrn)];
}
