import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import {
  type ReadResourceRequest,
  ReadResourceResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { type GraphObject, type GraphResource, Unknown } from "../../contracts/graph";
import type { CaptureSession, RegisteredResource } from "./captureSession";
import { type DecodeContext, decodeProperties } from "./decodeWire";
import { defaultProvider } from "./defaultProviders";
import { objectToOutputValues, withDependencies } from "./outputValues";
import { finalDependencies, mapValues, type PropertyDependencies, sentDependencies } from "./propertyDependencies";
import type { RegisteredPackages } from "./registeredPackages";
import { graphOptions, inheritFromParent, registrationOptions } from "./registrationOptions";
import { answerRead, answerRegistration, type ResourceAnswer } from "./resourceAnswer";
import {
  packageOf,
  providedPackage,
  referencedProvider,
  resourceUrn,
  STACK_REFERENCE_TYPE,
  STACK_TYPE,
} from "./resourceUrn";
import { sourceLocation } from "./sourceLocation";
import type { TransformableProperties, TransformCallbacks } from "./transformCallbacks";
import { markOutput, realDependencies, waitingFor } from "./waitingFor";
import { countUnknowns, fromStruct, toStruct, type WireObject } from "./wireValue";

/** Marker for the URN that is not there: protocol messages cannot leave a text out. */
const NOT_GIVEN = "";

/** Turns what a program registers and reads into resources of the graph, in the way the engine does. */
export class ResourceRegistrar {
  readonly #transformsOf = new Map<string, readonly Callback[]>();

  constructor(
    readonly session: CaptureSession,
    readonly transforms: TransformCallbacks,
    readonly packages: RegisteredPackages,
  ) {}

  /** Registers a resource: inheritance, transforms, provider, URN, and the answer to the program. */
  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const { session } = this;
    const parent = this.#parent(request.getParent());
    if (parent) inheritFromParent(request, parent.graph);
    const type = request.getType();
    const name = request.getName();
    const custom = request.getCustom();
    const remote = request.getRemote();
    const given = this.#given(request, parent);
    const { properties, options } = await this.#transformed(request, given);
    const urn = resourceUrn(session.scope, type, name, parent?.graph.urn);
    const dependencies = finalDependencies(request, properties, options.getDependsOnList());
    const providers = custom ? {} : this.#providersForChildren(options, parent);
    const providerReference = this.#providerReference(request, options);
    const withVersion = { ...properties, ...this.#pluginInputs(request, options.getVersion()) };
    const contextOf = this.#contextOf(dependencies.raw, withVersion);
    const inputs = decodeProperties(withVersion, contextOf);
    const identity = { urn, type, name, ...(parent && { parent: parent.graph.urn }) };
    const answer: ResourceAnswer =
      custom || remote
        ? answerRegistration(session, {
            ...identity,
            inputs,
            remote,
            properties: withVersion,
            secretOutputs: options.getAdditionalSecretOutputsList(),
          })
        : { id: "", state: {}, unknown: [], unmarkedOutput: undefined };
    if (remote) session.flag("component", type);
    const location = sourceLocation(session.repository, request.getSourceposition(), request.getStacktrace());
    const resolved = session.mode === "resolved" && custom;
    this.#add(answer, providerReference, providers, {
      ...identity,
      custom,
      ...(remote && { remote }),
      inputs,
      dependencies: dependencies.all,
      propertyDependencies: mapValues(dependencies.raw, realDependencies),
      ...(providerReference !== "" && { provider: referencedProvider(providerReference) }),
      ...(location && { location }),
      options: graphOptions(options, identity, session.scope),
      ...(resolved && { id: answer.id, outputs: decodeProperties(answer.state, contextOf) }),
    });
    this.#transformsOf.set(urn, request.getTransformsList());
    return registrationResponse(urn, answer);
  }

  /** Reads a resource that exists already. */
  read(request: ReadResourceRequest): ReadResourceResponse {
    const { session } = this;
    const type = request.getType();
    const parent = this.#parent(request.getParent());
    const urn = resourceUrn(session.scope, type, request.getName(), parent?.graph.urn);
    const properties = fromStruct(request.getProperties());
    const dependencies = request.getDependenciesList();
    const contextOf = this.#contextOf(
      mapValues(properties, () => dependencies),
      properties,
    );
    const inputs = decodeProperties(properties, contextOf);
    const identity = { urn, type, name: request.getName(), ...(parent && { parent: parent.graph.urn }) };
    const id = request.getId();
    const asked = {
      ...identity,
      inputs,
      remote: false,
      properties,
      secretOutputs: request.getAdditionalsecretoutputsList(),
    };
    const answer = answerRead(session, asked, id);
    if (type === STACK_REFERENCE_TYPE) session.flag("stack-reference", id);
    const providerReference =
      request.getProvider() || defaultProvider(session, this.packages.request(packageOf(type), request));
    const location = sourceLocation(session.repository, request.getSourceposition(), request.getStacktrace());
    const knownId = decodeProperties({ id }, contextOf)["id"];
    this.#add(
      answer,
      providerReference,
      {},
      {
        ...identity,
        custom: true,
        external: true,
        inputs,
        dependencies: realDependencies(dependencies),
        propertyDependencies: {},
        provider: referencedProvider(providerReference),
        ...(location && { location }),
        options: {},
        ...(typeof knownId === "string" && { id: knownId }),
        ...(session.mode === "resolved" && { outputs: decodeProperties(answer.state, contextOf) }),
      },
    );
    const response = new ReadResourceResponse();
    response.setUrn(urn);
    response.setProperties(toStruct(answer.state));
    return response;
  }

  /**
   * Notes the outputs that a component, or the stack, registers when it is complete.
   * @throws Error when there is no such resource
   */
  registerOutputs(request: RegisterResourceOutputsRequest): void {
    const resource = this.session.resource(request.getUrn());
    if (resource === undefined) throw new Error(`outputs of ${request.getUrn()}, which was never registered`);
    const properties = fromStruct(request.getOutputs());
    const outputs = decodeProperties(properties, this.#contextOf({}, properties));
    resource.graph = { ...resource.graph, outputs };
  }

  #parent(urn: string): RegisteredResource | undefined {
    if (urn === NOT_GIVEN) return undefined;
    const parent = this.session.resource(urn);
    if (parent === undefined) throw new Error(`could not find parent resource ${urn}`);
    return parent;
  }

  #given(request: RegisterResourceRequest, parent: RegisteredResource | undefined): TransformableProperties {
    const isManaged = request.getCustom() || request.getRemote();
    const wanted = packageOf(request.getType());
    const inherited = parent?.providerReference ?? "";
    const own = request.getProvider() || (providerOf(inherited) === wanted ? inherited : "");
    const provider = isManaged ? own || request.getProvidersMap().get(wanted) || parent?.providers[wanted] || "" : own;
    return {
      properties: fromStruct(request.getObject()),
      options: registrationOptions(request, realDependencies(request.getDependenciesList()), provider),
    };
  }

  /** Runs the resource's own transforms, then its parents', nearest first, then the stack's. */
  async #transformed(
    request: RegisterResourceRequest,
    given: TransformableProperties,
  ): Promise<TransformableProperties> {
    const own = request.getTransformsList();
    const callbacks = [...own, ...this.#inheritedTransforms(request.getParent()), ...this.transforms.ofStack];
    if (callbacks.length === 0) return given;
    let { properties, options } = given;
    properties = objectToOutputValues(properties);
    if (own.length > 0) {
      // As at the engine, dependencies travel through the transforms only of a resource that has some itself.
      const dependencies = mapValues(sentDependencies(request, properties), realDependencies);
      properties = mapValues(properties, (value, key) => withDependencies(value, dependencies[key] ?? []));
    }
    const resource = {
      type: request.getType(),
      name: request.getName(),
      custom: request.getCustom(),
      parent: request.getParent(),
    };
    for (const callback of callbacks) {
      ({ properties, options } = await this.transforms.transform(callback, resource, { properties, options }));
    }
    return { properties, options };
  }

  #inheritedTransforms(parent: string): readonly Callback[] {
    const own = this.#transformsOf.get(parent) ?? [];
    const grandparent = this.session.resource(parent)?.graph.parent;
    return grandparent === undefined ? own : [...own, ...this.#inheritedTransforms(grandparent)];
  }

  #providersForChildren(
    options: TransformResourceOptions,
    parent: RegisteredResource | undefined,
  ): Record<string, string> {
    return {
      ...(parent?.graph.custom ? {} : parent?.providers),
      ...Object.fromEntries(Array.from(options.getProvidersMap().entries())),
    };
  }

  #providerReference(request: RegisterResourceRequest, options: TransformableProperties["options"]): string {
    const isManaged = request.getCustom() || request.getRemote();
    if (!isManaged || providedPackage(request.getType()) !== undefined) return "";
    if (options.getProvider() !== "") return options.getProvider();
    const plugin = {
      getVersion: () => options.getVersion(),
      getPlugindownloadurl: () => options.getPluginDownloadUrl(),
      getPackageref: () => request.getPackageref(),
    };
    return defaultProvider(this.session, this.packages.request(packageOf(request.getType()), plugin));
  }

  /** A provider resource carries the version of its plugin among its inputs. */
  #pluginInputs(request: RegisterResourceRequest, version: string): WireObject {
    const provided = providedPackage(request.getType());
    if (provided === undefined) return {};
    const plugin = this.packages.request(provided, request);
    const url = request.getPlugindownloadurl() || plugin.downloadUrl;
    const found = version || plugin.version || this.session.shapes.version(provided) || "";
    return { ...(found !== "" && { version: found }), ...(url !== "" && { pluginDownloadURL: url }) };
  }

  #contextOf(dependencies: PropertyDependencies, properties: WireObject): (property: string) => DecodeContext {
    const unmarked = (urn: string): string | undefined => this.session.resource(urn)?.unmarkedOutput;
    const unknownFrom = (urns: readonly string[]) => waitingFor(urns, unmarked);
    return (property) => {
      const unknown = unknownFrom(dependencies[property] ?? []);
      // Dependencies are those of the whole property: with several unknowns inside, which output is whose cannot be told.
      const isOnly = countUnknowns(properties[property] ?? null) <= 1;
      return {
        workingDirectory: this.session.workingDirectory,
        unknown: isOnly ? unknown : new Unknown(unknown.urn),
        unknownFrom,
      };
    };
  }

  #add(
    answer: ResourceAnswer,
    providerReference: string,
    providers: Readonly<Record<string, string>>,
    graph: GraphResource,
  ): void {
    this.session.add({
      graph,
      providerReference,
      providers,
      state: answer.state,
      unmarkedOutput: answer.unmarkedOutput,
    });
  }

  /** The stack's outputs, as registered at the end of the program. */
  stackOutputs(): GraphObject {
    return this.session.resources.find(({ graph }) => graph.type === STACK_TYPE)?.graph.outputs ?? {};
  }
}

function registrationResponse(urn: string, answer: ResourceAnswer): RegisterResourceResponse {
  const response = new RegisterResourceResponse();
  response.setUrn(urn);
  response.setId(answer.id);
  response.setObject(toStruct(answer.state));
  for (const property of answer.unknown) {
    const dependencies = new RegisterResourceResponse.PropertyDependencies();
    dependencies.setUrnsList([markOutput(urn, property)]);
    response.getPropertydependenciesMap().set(property, dependencies);
  }
  return response;
}

function providerOf(reference: string): string | undefined {
  return reference === "" ? undefined : providedPackage(referencedProvider(reference).split("::")[2] ?? "");
}
