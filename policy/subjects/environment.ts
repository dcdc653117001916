import { isUnknown } from "../../contracts/graph";
import type { RuleConfig, RuleParameters, RuleResource } from "../../contracts/rule";
import { TagKey } from "../../contracts/tags";
import { listParameter, textParameter } from "../typedParameter";
import type { Certainty } from "./certainty";
import { defaultTag } from "./defaultTags";
import { tagValue } from "./tagValue";

/** Parameters with which a platform team says which environments a rule is about. */
export function environmentParameters(environments: readonly string[]): RuleParameters {
  return {
    environmentTag: {
      type: "string",
      description: "Key of the tag that names the environment.",
      default: TagKey.Environment,
    },
    environments: {
      type: "array",
      items: { type: "string" },
      description: "Values of that tag that the rule is about, in any case.",
      default: environments,
    },
  };
}

/** Whether a resource stands in one of the configured environments, by its tag or its provider's default tags. */
export function inEnvironment(
  { inputs }: RuleResource,
  config: RuleConfig,
  provider: RuleResource | undefined,
): Certainty {
  const key = textParameter(config, "environmentTag");
  const tag = tagValue(inputs, key) ?? defaultTag(provider, key);
  if (isUnknown(tag)) return "unknown";
  const environments = listParameter(config, "environments").map((name) => name.toLowerCase());
  return typeof tag === "string" && environments.includes(tag.toLowerCase()) ? "yes" : "no";
}
