import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { outputDependencies } from "./outputValues";
import { realDependencies } from "./waitingFor";
import type { WireObject } from "./wireValue";

/** URNs that each property depends on. */
export type PropertyDependencies = Readonly<Record<string, readonly string[]>>;

/** Dependencies as they were sent; a client that sends none by property means all of them for each. */
export function sentDependencies(request: RegisterResourceRequest, properties: WireObject): PropertyDependencies {
  const byProperty = request.getPropertydependenciesMap();
  if (byProperty.getLength() === 0 && !request.getRemote()) {
    return mapValues(properties, () => request.getDependenciesList());
  }
  const entries = Array.from(byProperty.entries());
  return Object.fromEntries(entries.map(([key, dependencies]) => [key, dependencies.getUrnsList()]));
}

/** Dependencies after the transforms, by property with the made up ones (`raw`) and of the whole without them. */
export function finalDependencies(
  request: RegisterResourceRequest,
  properties: WireObject,
  dependsOn: readonly string[],
): { raw: PropertyDependencies; all: readonly string[] } {
  const carried = mapValues(properties, outputDependencies);
  if (request.getTransformsList().length > 0) {
    return { raw: carried, all: realDependencies([...dependsOn, ...Object.values(carried).flat()]) };
  }
  const sent = sentDependencies(request, properties);
  const keys = [...new Set([...Object.keys(sent), ...Object.keys(carried)])];
  const raw = Object.fromEntries(keys.map((key) => [key, [...(sent[key] ?? []), ...(carried[key] ?? [])]]));
  return { raw, all: realDependencies(request.getDependenciesList()) };
}

/** An object with every value changed. */
export function mapValues<V, W>(
  object: Readonly<Record<string, V>>,
  change: (value: V, key: string) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
