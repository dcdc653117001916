import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { GraphResource } from "../../contracts/graph";
import { encodeProperties } from "../graph/encodeWire";
import { toStruct, type WireObject } from "../graph/wireValue";
import { durationSeconds } from "./durationSeconds";

/** A graph's resources by URN, to find providers. */
export type ResourcesByUrn = ReadonlyMap<string, GraphResource>;

/** What the engine sends to have one resource remediated: with properties for internal use (`__…`). */
export function remediateRequest(resource: GraphResource, inputs: WireObject, all: ResourcesByUrn): AnalyzeRequest {
  const request = new AnalyzeRequest()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(toStruct(inputs))
    .setOptions(options(resource));
  const provider = providerResource(resource, all);
  return provider ? request.setProvider(provider) : request;
}

/** What the engine sends to have one resource analyzed. */
export function analyzeRequest(resource: GraphResource, inputs: WireObject, all: ResourcesByUrn): AnalyzeRequest {
  return remediateRequest(resource, withoutInternal(inputs), all);
}

/**
 * What the engine sends to have the stack analyzed: for every resource its outputs. At preview those of a resource to
 * be created are its inputs and, as the provider plugin says, its computed properties as unknowns; without a plugin
 * they are the inputs.
 * @param inputs what remediation left of each resource's inputs, by URN
 */
export function analyzeStackRequest(
  resources: readonly GraphResource[],
  inputs: ReadonlyMap<string, WireObject>,
  all: ResourcesByUrn,
): AnalyzeStackRequest {
  return new AnalyzeStackRequest().setResourcesList(
    resources.map((resource) => {
      const given = resource.custom ? (inputs.get(resource.urn) ?? encodeProperties(resource.inputs)) : {};
      const outputs = resource.outputs ? encodeProperties(resource.outputs) : given;
      const message = new AnalyzerResource()
        .setUrn(resource.urn)
        .setType(resource.type)
        .setName(resource.name)
        .setProperties(toStruct(withoutInternal(outputs)))
        .setOptions(options(resource))
        .setParent(resource.parent ?? "")
        .setDependenciesList([...resource.dependencies]);
      for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
        if (urns.length === 0) continue;
        message.getPropertydependenciesMap().set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
      }
      const provider = providerResource(resource, all);
      return provider ? message.setProvider(provider) : message;
    }),
  );
}

function providerResource(resource: GraphResource, all: ResourcesByUrn): AnalyzerProviderResource | undefined {
  const provider = resource.provider === undefined ? undefined : all.get(resource.provider);
  if (!provider) return undefined;
  return new AnalyzerProviderResource()
    .setUrn(provider.urn)
    .setType(provider.type)
    .setName(provider.name)
    .setProperties(toStruct(withoutInternal(encodeProperties(provider.inputs))));
}

function options({ parent, options }: GraphResource): AnalyzerResourceOptions {
  const timeouts = options.customTimeouts ?? {};
  return new AnalyzerResourceOptions()
    .setProtect(options.protect ?? false)
    .setIgnorechangesList([...(options.ignoreChanges ?? [])])
    .setDeletebeforereplace(options.deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined)
    .setAdditionalsecretoutputsList([...(options.additionalSecretOutputs ?? [])])
    .setAliasesList([...(options.aliases ?? [])])
    .setCustomtimeouts(
      new AnalyzerResourceOptions.CustomTimeouts()
        .setCreate(durationSeconds(timeouts.create))
        .setUpdate(durationSeconds(timeouts.update))
        .setDelete(durationSeconds(timeouts.delete)),
    )
    .setParent(parent ?? "");
}

function withoutInternal(properties: WireObject): WireObject {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}
