import type { Problem } from "../../contracts/problems";
import type { RuleConfig, RuleParameters, RuleResource } from "../../contracts/rule";
import { TagKey, Workload } from "../../contracts/tags";
import { patternProblems } from "../patternProblems";
import { listParameter, textParameter } from "../typedParameter";
import type { Certainty } from "./certainty";
import { bearsSigns } from "./workload";

/** Parameters with which a platform team says which functions ask models for predictions. */
export const INFERENCE_PARAMETERS: RuleParameters = {
  tagKey: { type: "string", description: "Key of the tag that names the workload.", default: TagKey.Workload },
  tagValues: {
    type: "array",
    items: { type: "string" },
    description: "Values of that tag that mean inference, in any case.",
    default: [Workload.Inference],
  },
  namePatterns: {
    type: "array",
    items: { type: "string" },
    description: "Regular expressions, in any case, on the resource's and the function's name that mean inference.",
    default: ["\\binference\\b", "\\bpredict", "\\bclassif(y|ier)\\b", "\\binvoke-endpoint\\b"],
  },
};

/** What is wrong with {@link INFERENCE_PARAMETERS} whose types are right. */
export function inferenceProblems(config: RuleConfig): readonly Problem[] {
  return patternProblems("namePatterns", listParameter(config, "namePatterns"));
}

/** Whether a function asks models for predictions: by its tag, by its name, or as a part of a ClassifierApi. */
export function asksModels(resource: RuleResource, config: RuleConfig): Certainty {
  return bearsSigns(resource, {
    tagKey: textParameter(config, "tagKey"),
    tagValues: listParameter(config, "tagValues"),
    namePatterns: listParameter(config, "namePatterns"),
    components: ["frugal-ml:index:ClassifierApi"],
  });
}
