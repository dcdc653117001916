import type { GraphResource } from "../contracts/graph";
import type { RuleResource } from "../contracts/rule";

/** What a dependency walk needs of a resource. */
export type DependentResource = RuleResource & Pick<GraphResource, "dependencies" | "propertyDependencies">;

/** Type token of the stack, which everything descends from and nothing means to depend on. */
const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * Indexes resources once, so that asking for a resource's dependencies costs no more than there are.
 * @returns what `StackRuleContext.dependenciesOf` promises
 */
export function dependencyIndex<R extends DependentResource>(resources: readonly R[]) {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const children = new Map<string, R[]>();
  for (const resource of resources) {
    if (resource.parent === undefined) continue;
    const siblings = children.get(resource.parent);
    if (siblings) siblings.push(resource);
    else children.set(resource.parent, [resource]);
  }

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
