/** Type token of the root stack, which is not part of its children's type chains. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Type token of a reference to the outputs of another stack. */
export const STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference";

/** What a URN is unique within. */
export interface UrnScope {
  readonly project: string;
  readonly stack: string;
}

/** Composes a resource's URN as the engine does: the parent's chain of types, unless the parent is the stack. */
export function resourceUrn(scope: UrnScope, type: string, name: string, parent?: string): string {
  const chain = parent === undefined ? "" : qualifiedType(parent);
  const qualified = chain === "" || chain === STACK_TYPE ? type : `${chain}$${type}`;
  return `urn:pulumi:${scope.stack}::${scope.project}::${qualified}::${name}`;
}

/** The chain of types a URN spells, outermost first, joined by `$`. */
export function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** Package of a type or function token, `aws` of `aws:s3/bucket:Bucket`; of a provider, the package it provides. */
export function packageOf(token: string): string {
  return token.split(":")[0] ?? "";
}

const PROVIDER_TYPE = "pulumi:providers:";

/** Type token of the provider of a package. */
export function providerType(packageName: string): string {
  return PROVIDER_TYPE + packageName;
}

/** The package that a provider resource provides; undefined for any other type. */
export function providedPackage(type: string): string | undefined {
  return type.startsWith(PROVIDER_TYPE) ? type.slice(PROVIDER_TYPE.length) : undefined;
}

/** URN of a provider reference, which the protocol writes as `urn::id`. */
export function referencedProvider(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}
