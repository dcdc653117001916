import { UNKNOWN, Unknown } from "../../contracts/graph";

/**
 * The protocol says on which resources a property depends, not on which of their outputs. The SDK does hand back
 * whatever dependencies it was told an output has, so each unknown output is given one more, made up dependency that
 * names the output. It is read and taken out again wherever dependencies arrive.
 */
const MARK = "urn:frugal-ml:output::";

/** The made up dependency of an output. */
export function markOutput(urn: string, property: string): string {
  return `${MARK}${property}::${urn}`;
}

/** Dependencies without the made up ones, each once, in the order given. */
export function realDependencies(dependencies: readonly string[]): string[] {
  return [...new Set(dependencies.filter((urn) => !urn.startsWith(MARK)))];
}

/**
 * What an unknown with these dependencies waits for: resource and output property when there is only one candidate.
 * @param unmarkedOutput the one output of a resource that an unknown without a mark can come from, if there is one
 */
export function waitingFor(
  dependencies: readonly string[],
  unmarkedOutput: (urn: string) => string | undefined,
): Unknown {
  const [urn, ...others] = realDependencies(dependencies);
  if (urn === undefined || others.length > 0) return UNKNOWN;
  const properties = dependencies.flatMap((dependency) => readMark(dependency, urn));
  const [property, ...more] = properties;
  if (property !== undefined) return more.length === 0 ? new Unknown(urn, property) : new Unknown(urn);
  return new Unknown(urn, unmarkedOutput(urn));
}

function readMark(dependency: string, urn: string): string[] {
  const suffix = `::${urn}`;
  if (!dependency.startsWith(MARK) || !dependency.endsWith(suffix)) return [];
  return [dependency.slice(MARK.length, -suffix.length)];
}
