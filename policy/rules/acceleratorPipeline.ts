import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "only training and tuning steps have accelerators; use x86 such as ml.m5.xlarge";

/** A pipeline hides its instance types in a text, where no other check looks. */
export const acceleratorPipeline: Rule = {
  id: "accelerator-pipeline",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  // A definition can be written so that nothing in it is unknown: ARNs as parameters without defaults.
  onUnknown: "fail",
  title: "Only the training and tuning steps of a pipeline use accelerators",
  why:
    "A pipeline pays for every step, and the steps before and after training move data: on ml.g4dn.xlarge" +
    " they cost $0.736 an hour of processing, on ml.m5.xlarge $0.23 (us-east-1, AWS price list of " +
    "2026-09-24). In the definition's JSON the type is easily copied from the training step.",
  fix:
    "Give processing, transform, quality and clarify steps an x86 instance type such as ml.m5.xlarge, and" +
    " registered models a Graviton one such as ml.c7g.xlarge. Pass ARNs as pipeline parameters without " +
    "defaults, so that a preview knows the definition; keep it in pipelineDefinition, since one in S3 " +
    "cannot be judged.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-build.html",
  config: {},
  types: acceleratorTypes("pipeline"),

  check: (resource) => acceleratorFindings(resource, "pipeline", INSTEAD),
};
