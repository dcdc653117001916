import { encodeProperties } from "../../cli/graph/encodeWire";
import { UNKNOWN_ON_WIRE, type WireObject, type WireValue } from "../../cli/graph/wireValue";
import type { GraphResource, ResourceGraph } from "../../contracts/graph";

/**
 * A graph as `pulumi stack export` writes a stack: what was unknown at preview is known there, so some text stands for it.
 * @returns JSON
 */
export function exportedState(graph: ResourceGraph): string {
  const resources = graph.resources.map(exportedResource);
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources } }, null, 2);
}

function exportedResource(resource: GraphResource): object {
  const { urn, type, custom, parent, provider, dependencies, propertyDependencies, name } = resource;
  return {
    urn,
    type,
    custom,
    ...(custom && { id: name }),
    ...(parent && { parent }),
    ...(provider && { provider: `${provider}::${name}` }),
    dependencies,
    propertyDependencies,
    inputs: known(encodeProperties(resource.inputs), name),
    outputs: known(encodeProperties(resource.inputs), name),
  };
}

function known(value: WireObject, name: string): WireObject {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownValue(inner, `${name}-${key}`)]));
}

function knownValue(value: WireValue, name: string): WireValue {
  if (value === UNKNOWN_ON_WIRE) return `arn:aws:service:eu-west-1:123456789012:${name}`;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((inner, index) => knownValue(inner, `${name}-${index}`));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownValue(inner, `${name}-${key}`)]));
}
