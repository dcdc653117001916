import type { Rule } from "../../contracts/rule";
import { gravitonFunction, REMEDIATE_PARAMETER } from "../subjects/gravitonFunction";
import { asksModels, INFERENCE_PARAMETERS, inferenceProblems } from "../subjects/inferenceClient";

/** A client of an endpoint mostly waits for its answer, and is paid for every millisecond of it. */
export const gravitonInferenceClient: Rule = {
  id: "graviton-inference-client",
  pack: "graviton",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Lambda functions that ask models for predictions run on Graviton",
  why:
    "A function that waits for an endpoint is billed while it waits, and waiting is not faster on any processor: a " +
    "GB-second on x86 costs $0.0000166667, on arm64 $0.0000133334 (us-east-1, first tier, AWS price list of 2025-10-30).",
  fix: 'Set architectures to ["arm64"] and package native modules for linux-arm64; build a container image for linux/arm64.',
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html",
  config: { ...INFERENCE_PARAMETERS, ...REMEDIATE_PARAMETER },
  configProblems: inferenceProblems,
  ...gravitonFunction(asksModels, "whether this function asks a model for predictions"),
};
