import type { GraphResource, ResourceGraph } from "../../contracts/graph";
import { evaluate } from "../../policy/evaluate";
import { packs } from "../../policy/packs";
import { median } from "../serve/median";

/** What all rules take over a stack of a size. */
export interface Evaluated {
  readonly resources: number;
  /** Median of the rounds. */
  readonly milliseconds: number;
  readonly findings: number;
}

/** Sizes that are evaluated. */
export const SIZES = [1_000, 5_000, 20_000] as const;

/**
 * Evaluates all our rules over copies of one stack, put beside each other: every copy has its own names and depends on
 * itself alone, as services of a large stack do.
 */
export function measureEvaluation(graph: ResourceGraph, rounds: number): Evaluated[] {
  const rules = Object.values(packs).flat();
  const graphs = SIZES.map((size) => repeated(graph, size));
  for (const many of graphs.slice(0, 1)) for (let warm = 0; warm < 5; warm++) evaluate(many, rules);
  return graphs.map((many) => {
    let findings = 0;
    const times = Array.from({ length: rounds }, () => {
      const started = performance.now();
      findings = evaluate(many, rules).verdicts.length;
      return performance.now() - started;
    });
    return { resources: many.resources.length, milliseconds: median(times), findings };
  });
}

function repeated(graph: ResourceGraph, size: number): ResourceGraph {
  const resources: GraphResource[] = [];
  for (let copy = 0; resources.length < size; copy++) {
    resources.push(...graph.resources.map((resource) => renamed(resource, copy)));
  }
  return { ...graph, resources: resources.slice(0, size) };
}

function renamed(resource: GraphResource, copy: number): GraphResource {
  const urn = (given: string): string => `${given}-${copy}`;
  const properties = Object.entries(resource.propertyDependencies);
  return {
    ...resource,
    urn: urn(resource.urn),
    name: urn(resource.name),
    ...(resource.parent && { parent: urn(resource.parent) }),
    ...(resource.provider && { provider: urn(resource.provider) }),
    dependencies: resource.dependencies.map(urn),
    propertyDependencies: Object.fromEntries(properties.map(([property, on]) => [property, on.map(urn)])),
  };
}
