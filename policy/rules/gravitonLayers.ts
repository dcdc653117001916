import type { Rule, RuleConfig, RuleResource } from "../../contracts/rule";
import type { Certainty } from "../subjects/certainty";
import { asksModels, INFERENCE_PARAMETERS } from "../subjects/inferenceClient";
import { LAMBDA_FUNCTION_TYPES } from "../subjects/lambdaFunction";
import { LAYER_TYPES, layerFindings, namedLayerFindings } from "../subjects/layerArchitecture";
import { PREPROCESSING_PARAMETERS, preprocesses, preprocessingProblems } from "../subjects/preprocessing";
import { weighed } from "../subjects/weighed";

/** A function moved to Graviton fails at its first call when a layer brings native code for x86. */
export const gravitonLayers: Rule = {
  id: "graviton-layers",
  pack: "graviton",
  severity: "medium",
  enforcement: "mandatory",
  // Many layers are plain JavaScript or Python, which name no architecture and run on both.
  onUnknown: "report",
  title: "Layers of functions on Graviton are made for arm64",
  why:
    "Lambda takes any layer with any function, so native code for x86 is noticed when the function is called and " +
    "fails: until then the move to Graviton looks done, and afterwards it is undone at a quarter more for every " +
    "GB-second.",
  fix: "Build the layer for linux-arm64 and name arm64 in its compatibleArchitectures; use the arm64 ARN of a published layer.",
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html",
  config: {
    ...PREPROCESSING_PARAMETERS,
    tagValues: merged("tagValues", "Values of that tag whose functions are on Graviton, in any case."),
    namePatterns: merged(
      "namePatterns",
      "Regular expressions, in any case, on names of functions that are on Graviton.",
    ),
  },
  types: LAMBDA_FUNCTION_TYPES,
  configProblems: preprocessingProblems,

  check(resource, { config }) {
    const findings = namedLayerFindings(resource);
    return findings.length === 0
      ? []
      : weighed(onGraviton(resource, config), "whether this function is to run on Graviton", findings);
  },

  checkInStack(resource, { config, dependenciesOf }) {
    const layers = dependenciesOf(resource, ["layers"]).filter(({ type }) => LAYER_TYPES.includes(type));
    const findings = layerFindings(layers);
    return findings.length === 0
      ? []
      : weighed(onGraviton(resource, config), "whether this function is to run on Graviton", findings);
  },
};

function onGraviton(resource: RuleResource, config: RuleConfig): Certainty {
  const signs = [preprocesses(resource, config), asksModels(resource, config)];
  return signs.includes("yes") ? "yes" : signs.includes("unknown") ? "unknown" : "no";
}

function merged(name: "tagValues" | "namePatterns", description: string) {
  const lists = [PREPROCESSING_PARAMETERS[name]?.default, INFERENCE_PARAMETERS[name]?.default];
  return {
    type: "array",
    items: { type: "string" },
    description,
    default: lists.flatMap((list) => (typeof list === "object" ? list : [])),
  } as const;
}
