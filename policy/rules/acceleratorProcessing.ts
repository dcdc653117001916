import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "processing runs on x86 such as ml.m5.xlarge or ml.m7i.xlarge";

/** Processing, monitoring and Debugger rules split, count and compare: work of a CPU. */
export const acceleratorProcessing: Rule = {
  id: "accelerator-processing",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Processing, monitoring and Debugger rules run on CPU",
  why:
    "ml.g4dn.xlarge costs $0.736 an hour of processing, ml.m5.xlarge $0.23 (us-east-1, AWS price list of " +
    "2026-09-24): more than three times as much for work that reads and writes rows. A monitoring " +
    "schedule pays it on every run.",
  fix:
    "Use an x86 instance type such as ml.m5.xlarge or ml.m7i.xlarge; SageMaker has no Graviton for " +
    "processing. Leave instanceType out of Debugger's rules that AWS manages. No tag allows an " +
    "accelerator here.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/processing-job.html",
  config: {},
  types: acceleratorTypes("processing"),

  check: (resource) => acceleratorFindings(resource, "processing", INSTEAD),
};
