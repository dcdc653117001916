import type { Problem } from "../../contracts/problems";
import type { RuleConfig, RuleParameters, RuleResource } from "../../contracts/rule";
import { TagKey, Workload } from "../../contracts/tags";
import { patternProblems } from "../patternProblems";
import { listParameter, textParameter } from "../typedParameter";
import type { Certainty } from "./certainty";
import { bearsSigns } from "./workload";

/** Parameters with which a platform team says what counts as preprocessing. */
export const PREPROCESSING_PARAMETERS: RuleParameters = {
  tagKey: { type: "string", description: "Key of the tag that names the workload.", default: TagKey.Workload },
  tagValues: {
    type: "array",
    items: { type: "string" },
    description: "Values of that tag that mean preprocessing, in any case.",
    default: [Workload.Preprocessing],
  },
  namePatterns: {
    type: "array",
    items: { type: "string" },
    description: "Regular expressions, in any case, on the resource's and the function's name that mean preprocessing.",
    default: ["\\bpre-?process", "\\bnormali[sz]", "\\bresiz", "(?<!\\bnew[ _-]?)\\bthumbnail", "\\btranscod"],
  },
};

/** What is wrong with {@link PREPROCESSING_PARAMETERS} whose types are right. */
export function preprocessingProblems(config: RuleConfig): readonly Problem[] {
  return patternProblems("namePatterns", listParameter(config, "namePatterns"));
}

/** Whether a resource preprocesses: by its tag, by its name, or as a part of a NormalizingAccessPoint. */
export function preprocesses(resource: RuleResource, config: RuleConfig): Certainty {
  return bearsSigns(resource, {
    tagKey: textParameter(config, "tagKey"),
    tagValues: listParameter(config, "tagValues"),
    namePatterns: listParameter(config, "namePatterns"),
    components: ["frugal-ml:index:NormalizingAccessPoint"],
  });
}
