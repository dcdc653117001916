import type { GraphObject, GraphResource, ResourceGraph } from "../../contracts/graph";

/** Type chain of a URN that makes a resource part of a NormalizingAccessPoint. */
export const IN_ACCESS_POINT = "frugal-ml:index:NormalizingAccessPoint$";

/** A resource as a program would declare it, at the top of the stack unless said otherwise. */
export function declared(
  type: string,
  name: string,
  inputs: GraphObject = {},
  over: Partial<GraphResource> & { readonly chain?: string } = {},
): GraphResource {
  const { chain = "", ...fields } = over;
  return {
    urn: `urn:pulumi:test::shop::${chain}${type}::${name}`,
    type,
    name,
    custom: true,
    inputs,
    dependencies: [],
    propertyDependencies: {},
    options: {},
    ...fields,
  };
}

/** A component with the inputs that it was given. */
export function declaredComponent(type: string, name: string, inputs: GraphObject = {}): GraphResource {
  return declared(type, name, inputs, { custom: false });
}

/** A graph of resources in registration order. */
export function graphOf(...resources: readonly GraphResource[]): ResourceGraph {
  return { project: "shop", stack: "test", mode: "preview", resources, outputs: {}, placeholders: [] };
}
