import { CannotRunError } from "../../../contracts/cannotRunError";
import type { GraphMode, GraphResource, ResourceGraph } from "../../../contracts/graph";
import { STACK_TYPE } from "../../graph/resourceUrn";

/**
 * Puts resources of the engine's files together. The same URN may be there twice, while a resource is replaced; the
 * last one is what will be.
 * @throws CannotRunError with the given code when there is no resource to take the stack's name from
 */
export function engineGraph(resources: readonly GraphResource[], mode: GraphMode, code: string): ResourceGraph {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const all = [...byUrn.values()];
  const [, stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(all[0]?.urn ?? "") ?? [];
  if (stack === undefined || project === undefined) {
    throw new CannotRunError(code, "the file has no resource; there is nothing to check");
  }
  const ancestor = ownAncestor(byUrn);
  if (ancestor !== undefined) throw new CannotRunError(code, `${ancestor} is its own ancestor, by its parents`);
  const outputs = all.find(({ type }) => type === STACK_TYPE)?.outputs ?? {};
  return { project, stack, mode, resources: all, outputs, placeholders: [] };
}

/** A resource that its parents lead back to: readers of a graph climb until there is no parent. */
function ownAncestor(byUrn: ReadonlyMap<string, GraphResource>): string | undefined {
  const rooted = new Set<string>();
  for (const urn of byUrn.keys()) {
    const climbed = new Set<string>();
    for (let at: string | undefined = urn; at !== undefined && !rooted.has(at); at = byUrn.get(at)?.parent) {
      if (climbed.has(at)) return at;
      climbed.add(at);
    }
    for (const each of climbed) rooted.add(each);
  }
  return undefined;
}
