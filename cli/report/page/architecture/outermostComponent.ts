import type { GraphResource, ResourceGraph } from "../../../../contracts/graph";

/** The outermost component that a resource belongs to, as prices name it: `TrainingFleet forecast`; `the stack` for none. */
export function outermostComponent(resource: GraphResource, { resources }: ResourceGraph): string {
  const parentOf = ({ parent }: GraphResource): GraphResource | undefined =>
    resources.find(({ urn }) => urn === parent);
  const isStack = ({ parent }: GraphResource): boolean => parent === undefined;
  let outermost = resource.custom ? undefined : resource;
  for (let at = parentOf(resource); at !== undefined && !isStack(at); at = parentOf(at)) outermost = at;
  return outermost === undefined ? "the stack" : `${outermost.type.split(":").at(-1)} ${outermost.name}`;
}
