import { Alias } from "@pulumi/pulumi/proto/alias_pb.js";
import { type RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb.js";
import type { GraphResource, GraphResourceOptions } from "../../contracts/graph";
import { aliasUrns } from "./resourceAliases";
import type { UrnScope } from "./resourceUrn";

/**
 * Collects the options of a registration in the form in which transforms receive and change them.
 * @param dependencies what the resource depends on, made up dependencies removed
 * @param provider the provider found for it, or empty
 */
export function registrationOptions(
  request: RegisterResourceRequest,
  dependencies: readonly string[],
  provider: string,
): TransformResourceOptions {
  const options = new TransformResourceOptions();
  options.setImport(request.getImportid());
  options.setDependsOnList([...dependencies]);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setReplacementTrigger(request.getReplacementTrigger());
  options.setVersion(request.getVersion());
  options.setAliasesList([...request.getAliasurnsList().map(urnAlias), ...request.getAliasesList()]);
  options.setProvider(provider);
  for (const [name, reference] of request.getProvidersMap().entries()) options.getProvidersMap().set(name, reference);
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  options.setDeletedWith(request.getDeletedwith());
  options.setReplaceWithList(request.getReplaceWithList());
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setHooks(request.getHooks());
  const protect = request.hasProtect() ? request.getProtect() : undefined;
  if (protect !== undefined) options.setProtect(protect);
  const retain = request.hasRetainondelete() ? request.getRetainondelete() : undefined;
  if (retain !== undefined) options.setRetainOnDelete(retain);
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  return options;
}

/**
 * What a resource inherits from its parent: protection, retention, what it is deleted with, and the provider when it
 * provides the resource's package.
 */
export function inheritFromParent(request: RegisterResourceRequest, parent: GraphResource): void {
  const { protect, retainOnDelete, deletedWith } = parent.options;
  if (!request.hasProtect() && protect !== undefined) request.setProtect(protect);
  if (!request.hasRetainondelete() && retainOnDelete !== undefined) request.setRetainondelete(retainOnDelete);
  if (request.getDeletedwith() === "" && deletedWith !== undefined) request.setDeletedwith(deletedWith);
}

/** The options as the graph shows them: only those that were given. */
export function graphOptions(
  options: TransformResourceOptions,
  resource: { readonly type: string; readonly name: string; readonly parent?: string },
  scope: UrnScope,
): GraphResourceOptions {
  const timeouts = options.getCustomTimeouts();
  const customTimeouts = {
    ...text("create", timeouts?.getCreate()),
    ...text("update", timeouts?.getUpdate()),
    ...text("delete", timeouts?.getDelete()),
  };
  return {
    ...(options.hasProtect() && { protect: options.getProtect() }),
    ...(options.hasRetainOnDelete() && { retainOnDelete: options.getRetainOnDelete() }),
    ...(options.hasDeleteBeforeReplace() && { deleteBeforeReplace: options.getDeleteBeforeReplace() }),
    ...list("ignoreChanges", options.getIgnoreChangesList()),
    ...list("replaceOnChanges", options.getReplaceOnChangesList()),
    ...list("additionalSecretOutputs", options.getAdditionalSecretOutputsList()),
    ...list("aliases", aliasUrns(options.getAliasesList(), resource, scope)),
    ...text("importId", options.getImport()),
    ...text("version", options.getVersion()),
    ...text("deletedWith", options.getDeletedWith()),
    ...(Object.keys(customTimeouts).length > 0 && { customTimeouts }),
  };
}

function urnAlias(urn: string): Alias {
  const alias = new Alias();
  alias.setUrn(urn);
  return alias;
}

function text<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  const given: { [key in K]?: string } = {};
  if (value) given[key] = value;
  return given;
}

function list<K extends string>(key: K, values: readonly string[]): { [key in K]?: readonly string[] } {
  const given: { [key in K]?: readonly string[] } = {};
  if (values.length > 0) given[key] = values;
  return given;
}
