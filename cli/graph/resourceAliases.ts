import type { Alias } from "@pulumi/pulumi/proto/alias_pb.js";
import { qualifiedType, resourceUrn, STACK_TYPE, type UrnScope } from "./resourceUrn";

/** The resource that goes by aliases. */
interface Aliased {
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
}

/** URNs under which a resource may be found in older state, each once: parts an alias leaves out are the resource's. */
export function aliasUrns(aliases: readonly Alias[], resource: Aliased, scope: UrnScope): string[] {
  return [...new Set(aliases.map((alias) => aliasUrn(alias, resource, scope)))];
}

function aliasUrn(alias: Alias, resource: Aliased, scope: UrnScope): string {
  const spec = alias.getSpec();
  if (spec === undefined) return alias.getUrn();
  const parent = spec.getParenturn() || resource.parent;
  const isRoot = spec.getNoparent() || parent === undefined || qualifiedType(parent) === STACK_TYPE;
  return resourceUrn(
    { project: spec.getProject() || scope.project, stack: spec.getStack() || scope.stack },
    spec.getType() || resource.type,
    spec.getName() || resource.name,
    isRoot ? undefined : parent,
  );
}
