import type { Rule } from "../../contracts/rule";
import { preprocesses, preprocessingProblems } from "../subjects/preprocessing";
import { PREPROCESSING_WORK_PARAMETERS, WHETHER_PREPROCESSING } from "../subjects/preprocessingWork";
import { requiredText } from "../subjects/requiredText";
import { weighed } from "../subjects/weighed";

/** Preprocessing that runs in CodeBuild, or is built there for Graviton, needs no emulation on Graviton. */
export const gravitonBuild: Rule = {
  id: "graviton-build",
  pack: "graviton",
  severity: "medium",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "CodeBuild projects of preprocessing run on Graviton",
  why:
    "CodeBuild's Arm environments cost less a minute than x86 ones of the same size, and build for arm64 without " +
    "emulation, which would take many times as long and is billed by the minute.",
  fix:
    "Set environment.type to ARM_CONTAINER, ARM_LAMBDA_CONTAINER or ARM_EC2, and environment.image to one of " +
    "CodeBuild's aarch64 images.",
  docs: "https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html",
  config: PREPROCESSING_WORK_PARAMETERS,
  types: ["aws:codebuild/project:Project"],
  configProblems: preprocessingProblems,

  check(resource, { config }) {
    const findings = requiredText(resource.inputs, {
      path: ["environment", "type"],
      allowed: ["ARM_CONTAINER", "ARM_LAMBDA_CONTAINER", "ARM_EC2"],
      absent: "absent",
    });
    return findings.length === 0 ? [] : weighed(preprocesses(resource, config), WHETHER_PREPROCESSING, findings);
  },
};
