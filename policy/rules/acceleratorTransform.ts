import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "batch transform runs on x86 such as ml.m5.xlarge or ml.c7i.xlarge";

/** Batch transform reads, predicts and writes; the accelerator is billed for all three. */
export const acceleratorTransform: Rule = {
  id: "accelerator-transform",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Batch transform runs on CPU",
  why:
    "A transform job is billed from start to end, also while the container starts and while data moves to" +
    " and from S3, in which an accelerator does nothing. SageMaker has no Graviton for transform; x86 is " +
    "what remains, and costs less an hour.",
  fix: "Use an x86 instance type such as ml.m5.xlarge or ml.c7i.xlarge. No tag allows an accelerator here.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html",
  config: {},
  types: acceleratorTypes("transform"),

  check: (resource) => acceleratorFindings(resource, "transform", INSTEAD),
};
