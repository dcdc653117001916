import { type GraphValue, isUnknown, UNKNOWN } from "../../contracts/graph";
import type { RuleResource } from "../../contracts/rule";
import { jsonValue } from "./jsonValue";
import { valueAt } from "./valueAt";

/**
 * The value that a provider's default tags give a key. A provider is configured with values that are JSON texts where
 * they are no scalars.
 * @returns undefined when there is none, or no provider
 */
export function defaultTag(provider: RuleResource | undefined, key: string): GraphValue | undefined {
  const tags = jsonValue(provider?.inputs["defaultTags"]);
  if (isUnknown(tags)) return UNKNOWN;
  return valueAt(jsonValue(valueAt(tags, "tags")), key);
}
