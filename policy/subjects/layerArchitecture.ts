import { isUnknown, reveal } from "../../contracts/graph";
import type { Finding, RuleResource } from "../../contracts/rule";
import { elementsOf } from "./valueAt";

/** Type tokens of layers that a stack makes. */
export const LAYER_TYPES: readonly string[] = [
  "aws:lambda/layerVersion:LayerVersion",
  "aws-native:lambda:LayerVersion",
  "awscc:index/lambdaLayerVersion:LambdaLayerVersion",
];

const MUST = "a layer of an arm64 function must name arm64 among its compatible architectures";

/** Why the layers that a function depends on may not run on Graviton. Lambda itself does not verify it. */
export function layerFindings(layers: readonly RuleResource[]): readonly Finding[] {
  return layers.flatMap((layer): readonly Finding[] => {
    const architectures = elementsOf(layer.inputs["compatibleArchitectures"]);
    if (architectures.includes("arm64")) return [];
    const untold = architectures.length === 0 || architectures.some(isUnknown);
    const what =
      architectures.length === 0 ? "names none" : untold ? "names some that are not known yet" : "names others";
    return [{ status: untold ? "unknown" : "fail", path: "layers", message: `layer ${layer.name} ${what}; ${MUST}` }];
  });
}

/** Layers that a function names by ARN, and whose publisher put another architecture into the name. */
export function namedLayerFindings({ inputs }: RuleResource): readonly Finding[] {
  return elementsOf(inputs["layers"]).flatMap((given, index): readonly Finding[] => {
    const arn = reveal(given);
    const x86 = typeof arn === "string" && /:layer:[^:]*(x86|amd64)/i.test(arn);
    return x86 ? [{ status: "fail", path: `layers[${index}]`, message: `named after x86; ${MUST}` }] : [];
  });
}
