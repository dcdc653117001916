import { isJsonObject, type JsonValue } from "./jsonValue";
import { joinOf, type PropertyReference, referenceOf } from "./propertyReference";
import { SageMakerError } from "./sagemakerError";

/**
 * Puts values in the place of references and joins.
 * @param get gives what a reference stands for
 * @throws SageMakerError ValidationException when a part of a join is no scalar, and whatever `get` throws
 */
export function resolveArguments(value: JsonValue, get: (reference: PropertyReference) => JsonValue): JsonValue {
  const reference = referenceOf(value);
  if (reference !== undefined) return get(reference);
  const join = joinOf(value);
  if (join !== undefined) {
    return join.values.map((part) => textOf(resolveArguments(part, get))).join(join.on);
  }
  if (Array.isArray(value)) return value.map((item) => resolveArguments(item, get));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolveArguments(item, get)]));
}

/**
 * Finds a property in what describes a job, as `Outputs['models'].S3Output.S3Uri`; in a list, a text chooses the item
 * that has it as its name.
 * @returns undefined when there is no such property
 */
export function propertyAt(description: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = description;
  for (const part of path) {
    if (Array.isArray(value))
      value = /^\d+$/.test(part) ? value[Number(part)] : value.find((item) => isNamed(item, part));
    else if (isJsonObject(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}

function isNamed(item: JsonValue, name: string): boolean {
  if (!isJsonObject(item)) return false;
  return ["OutputName", "InputName", "ChannelName", "MetricName"].some((property) => item[property] === name);
}

function textOf(value: JsonValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new SageMakerError("ValidationException", `Std:Join takes texts, not ${JSON.stringify(value)}`);
}
