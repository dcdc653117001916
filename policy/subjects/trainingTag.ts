import { type GraphValue, isGraphObject, isUnknown, reveal } from "../../contracts/graph";
import type { RuleConfig, RuleParameters } from "../../contracts/rule";
import { TagKey, Workload } from "../../contracts/tags";
import { listParameter, textParameter } from "../typedParameter";
import type { Certainty } from "./certainty";
import { tagValue } from "./tagValue";

/** Parameters with which a platform team says which tag means training. */
export const TRAINING_PARAMETERS: RuleParameters = {
  tagKey: { type: "string", description: "Key of the tag that names the workload.", default: TagKey.Workload },
  tagValues: {
    type: "array",
    items: { type: "string" },
    description: "Values of that tag that mean training, in any case. Only they allow an accelerator.",
    default: [Workload.Training],
  },
};

/** Properties that hold tags: a resource's own, and those that a launch gives to what it starts; in lower case. */
const TAGS: readonly string[] = ["tags", "tagsall", "tagset", "autoscalinggrouptags"];
const SPECIFICATIONS: readonly string[] = ["tagspecifications", "launchtemplatedata", "launchtemplate"];

/** Whether the tags of a resource, or of a call that starts one, say that it trains. */
export function trains(holder: GraphValue, config: RuleConfig): Certainty {
  if (config["tagKey"] === undefined) return "no";
  const key = textParameter(config, "tagKey");
  const values = tagSets(holder).map((tags) => tagValue({ tags: spelledAsOurs(tags) }, key));
  const training = listParameter(config, "tagValues").map((value) => value.toLowerCase());
  if (values.some((value) => typeof value === "string" && training.includes(value.toLowerCase()))) return "yes";
  const known = values.some((value) => typeof value === "string");
  return !known && values.some(isUnknown) ? "unknown" : "no";
}

function tagSets(holder: GraphValue): readonly GraphValue[] {
  const known = reveal(holder);
  if (Array.isArray(known)) return known.flatMap(tagSets);
  if (!isGraphObject(known)) return [];
  return Object.entries(known).flatMap(([name, value]) => {
    const key = name.toLowerCase();
    if (TAGS.includes(key)) return [reveal(value) ?? null];
    return SPECIFICATIONS.includes(key) ? tagSets(value) : [];
  });
}

/** APIs and templates capitalise what Pulumi does not: `{ Key, Value }`. */
function spelledAsOurs(tags: GraphValue): GraphValue {
  if (!Array.isArray(tags)) return tags;
  return tags.map((element: GraphValue) => {
    const entry = reveal(element);
    return isGraphObject(entry) && "Key" in entry
      ? { key: entry["Key"] ?? null, value: entry["Value"] ?? null }
      : element;
  });
}
