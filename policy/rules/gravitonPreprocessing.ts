import { isUnknown, reveal } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import type { Certainty } from "../subjects/certainty";
import { imageFinding, isImageBuild } from "../subjects/imageBuild";
import { GRAVITON_ONLY, gravitonFinding, LAMBDA_FUNCTION_TYPES, packageFinding } from "../subjects/lambdaFunction";
import { PREPROCESSING_PARAMETERS, preprocesses, preprocessingProblems } from "../subjects/preprocessing";

/** Preprocessing runs on Graviton: images are normalised at read, so every read pays for the architecture. */
export const gravitonPreprocessing: Rule = {
  id: "graviton-preprocessing",
  pack: "graviton",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Lambda functions that preprocess run on Graviton",
  why:
    "A GB-second on x86 costs $0.0000166667, on arm64 $0.0000133334 (us-east-1, first tier, AWS price list of " +
    "2025-10-30): x86 costs a quarter more for the same time, on every image that is read.",
  fix: 'Set architectures to ["arm64"] and package native modules for linux-arm64; build a container image for linux/arm64.',
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html",
  config: {
    ...PREPROCESSING_PARAMETERS,
    remediate: {
      type: "boolean",
      description:
        "With enforcement level remediate: sets the architecture of a zip function. Native modules built for x64 then fail to load.",
      default: false,
    },
  },
  types: LAMBDA_FUNCTION_TYPES,
  configProblems: preprocessingProblems,

  check(resource, { config }) {
    const finding = gravitonFinding(resource.inputs) ?? packageFinding(resource.inputs);
    return finding ? weigh(preprocesses(resource, config), finding) : [];
  },

  checkInStack(resource, { config, dependenciesOf }) {
    if (gravitonFinding(resource.inputs) || reveal(resource.inputs["packageType"]) !== "Image") return [];
    const finding = imageFinding(dependenciesOf(resource, ["imageUri", "code"]).filter(isImageBuild));
    return finding ? weigh(preprocesses(resource, config), finding) : [];
  },

  remediate({ inputs, ...resource }, { config }) {
    const opted = config["remediate"] === true && preprocesses({ inputs, ...resource }, config) === "yes";
    const packageType = reveal(inputs["packageType"]);
    const mends = opted && packageType !== "Image" && !isUnknown(packageType);
    return mends && gravitonFinding(inputs)?.status === "fail"
      ? { ...inputs, architectures: GRAVITON_ONLY }
      : undefined;
  },
};

/** A finding counts as far as the function is known to preprocess. */
function weigh(preprocessing: Certainty, finding: Finding): readonly Finding[] {
  if (preprocessing === "no") return [];
  if (preprocessing === "yes") return [finding];
  const message = `not known yet, so it cannot be told whether this function preprocesses; ${finding.path}: ${finding.message}`;
  return [{ status: "unknown", path: "tags", message }];
}
