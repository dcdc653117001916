import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "notebooks run on x86 such as ml.t3.medium or ml.m5.xlarge, and start training jobs for the rest";

/** A notebook mostly waits for the person in front of it. */
export const acceleratorNotebook: Rule = {
  id: "accelerator-notebook",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Notebook instances run on CPU",
  why:
    "A notebook instance is billed until somebody stops it: ml.g4dn.xlarge costs $0.736 an hour, $537 for" +
    " 730 hours; ml.t3.medium costs $0.05, $36.50 (us-east-1, AWS price list of 2026-09-24). Training " +
    "from a notebook belongs in a training job, which ends by itself.",
  fix:
    "Use an x86 instance type such as ml.t3.medium or ml.m5.xlarge, and start training jobs from it for " +
    "what needs an accelerator. No tag allows an accelerator here.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/nbi.html",
  config: {},
  types: acceleratorTypes("notebook"),

  check: (resource) => acceleratorFindings(resource, "notebook", INSTEAD),
};
