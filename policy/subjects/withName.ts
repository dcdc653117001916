import type { GraphValue } from "../../contracts/graph";
import type { RuleResource } from "../../contracts/rule";

/** How a resource says the name by which others find it. */
export type NameOf = (resource: RuleResource) => GraphValue | undefined;

type ByName = ReadonlyMap<string, readonly RuleResource[]>;

const indexes = new WeakMap<readonly RuleResource[], Map<NameOf, ByName>>();

/**
 * The resources of a list that give a name, each found without a look at the others.
 * @param resources a list that the stack keeps, as `ofTypes` returns it: it is indexed once
 * @param nameOf the same function every time
 * @param name none are found by a name that is not a text
 */
export function withName(
  resources: readonly RuleResource[],
  nameOf: NameOf,
  name: GraphValue | undefined,
): readonly RuleResource[] {
  if (typeof name !== "string") return [];
  const known = indexes.get(resources) ?? new Map<NameOf, ByName>();
  indexes.set(resources, known);
  const index = known.get(nameOf) ?? indexed(resources, nameOf);
  known.set(nameOf, index);
  return index.get(name) ?? [];
}

function indexed(resources: readonly RuleResource[], nameOf: NameOf): ByName {
  const index = new Map<string, RuleResource[]>();
  for (const resource of resources) {
    const name = nameOf(resource);
    if (typeof name !== "string") continue;
    const named = index.get(name);
    if (named) named.push(resource);
    else index.set(name, [resource]);
  }
  return index;
}
