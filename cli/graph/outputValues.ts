import { isSigned, isWireObject, sign, UNKNOWN_ON_WIRE, type WireObject, type WireValue } from "./wireValue";

/**
 * Turns unknowns and secrets into output values, which is the form in which transforms receive them: plain values stay
 * plain, and what is unknown or secret arrives as a `pulumi.Output`.
 */
export function toOutputValues(value: WireValue): WireValue {
  if (value === UNKNOWN_ON_WIRE) return sign("output", {});
  if (Array.isArray(value)) return value.map(toOutputValues);
  if (!isWireObject(value) || isSigned(value, "output")) return value;
  if (isSigned(value, "secret")) {
    const inner = toOutputValues(value["value"] ?? null);
    const output = isWireObject(inner) && isSigned(inner, "output") ? inner : sign("output", { value: inner });
    return { ...output, secret: true };
  }
  if (isSigned(value, "asset") || isSigned(value, "archive") || isSigned(value, "resource")) return value;
  return objectToOutputValues(value);
}

/** The same for all properties of an object. */
export function objectToOutputValues(properties: WireObject): WireObject {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, toOutputValues(value)]));
}

/** Adds dependencies to a value, which becomes an output value unless it carries them already. */
export function withDependencies(value: WireValue, dependencies: readonly string[]): WireValue {
  const carried = outputDependencies(value);
  if (dependencies.every((urn) => carried.includes(urn))) return value;
  const output = isWireObject(value) && isSigned(value, "output") ? value : sign("output", { value });
  return { ...output, dependencies: [...new Set([...outputDependencies(output), ...dependencies])] };
}

/** Dependencies of all output values inside a value. */
export function outputDependencies(value: WireValue): string[] {
  if (Array.isArray(value)) return value.flatMap(outputDependencies);
  if (!isWireObject(value)) return [];
  if (!isSigned(value, "output")) return Object.values(value).flatMap(outputDependencies);
  const own = Array.isArray(value["dependencies"]) ? value["dependencies"].map(String) : [];
  return [...outputDependencies(value["value"] ?? null), ...own];
}

/** Turns output values back into plain values, unknowns and secrets, as the SDK expects them in answers. */
export function fromOutputValues(value: WireValue): WireValue {
  if (Array.isArray(value)) return value.map(fromOutputValues);
  if (!isWireObject(value)) return value;
  if (!isSigned(value, "output")) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromOutputValues(inner)]));
  }
  const inner = value["value"] === undefined ? UNKNOWN_ON_WIRE : fromOutputValues(value["value"]);
  return value["secret"] === true ? sign("secret", { value: inner }) : inner;
}
