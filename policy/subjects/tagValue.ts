import { type GraphObject, type GraphValue, isGraphObject, isUnknown, reveal, UNKNOWN } from "../../contracts/graph";

/** Inputs that hold tags: a resource's own, and those that a provider's default tags were merged into. */
const TAG_INPUTS = ["tags", "tagsAll"] as const;

/**
 * Value of a resource's tag, in both spellings: a map (aws) and a list of `{ key, value }` (aws-native).
 * @returns the value, which may itself be unknown; an unknown when the tags are; undefined when there is no such tag
 */
export function tagValue(inputs: GraphObject, key: string): GraphValue | undefined {
  const candidates = TAG_INPUTS.map((input) => valueIn(reveal(inputs[input]), key)).filter(
    (value) => value !== undefined && value !== null,
  );
  return candidates.find((value) => !isUnknown(value)) ?? candidates[0];
}

function valueIn(tags: GraphValue | undefined, key: string): GraphValue | undefined {
  if (isUnknown(tags)) return tags;
  if (isGraphObject(tags)) return reveal(Object.hasOwn(tags, key) ? tags[key] : undefined);
  if (!Array.isArray(tags)) return undefined;
  const entries = tags.map((entry: GraphValue) => reveal(entry));
  const named = entries.filter(isGraphObject).find((entry) => reveal(entry["key"]) === key);
  if (named) return reveal(named["value"]);
  const hidden = entries.some((entry) => isUnknown(entry) || (isGraphObject(entry) && isUnknown(reveal(entry["key"]))));
  return hidden ? UNKNOWN : undefined;
}
