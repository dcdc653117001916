import type { Rule } from "../../contracts/rule";
import { gravitonFunction, REMEDIATE_PARAMETER } from "../subjects/gravitonFunction";
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
  config: { ...PREPROCESSING_PARAMETERS, ...REMEDIATE_PARAMETER },
  configProblems: preprocessingProblems,
  ...gravitonFunction(preprocesses, "whether this function preprocesses"),
};
