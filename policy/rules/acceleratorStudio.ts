import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "Studio runs on x86 such as ml.t3.medium or ml.m5.xlarge, and starts training jobs for the rest";

/** A default of Studio is what everyone gets who does not choose. */
export const acceleratorStudio: Rule = {
  id: "accelerator-studio",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Studio starts on CPU: defaults of domains, profiles and spaces, and apps",
  why:
    "A default multiplies by people, and an app is billed until it is shut down: JupyterLab on " +
    "ml.g4dn.xlarge costs $0.7364 an hour, on ml.t3.medium $0.05 (us-east-1, AWS price list of " +
    "2026-09-24), almost fifteen times less.",
  fix:
    "Set the default instance type to an x86 one such as ml.t3.medium or ml.m5.xlarge, and start training" +
    " jobs for what needs an accelerator. No tag allows an accelerator here.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated.html",
  config: {},
  types: acceleratorTypes("studio"),

  check: (resource) => acceleratorFindings(resource, "studio", INSTEAD),
};
