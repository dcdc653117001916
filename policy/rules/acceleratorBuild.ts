import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "builds run on ARM_CONTAINER or LINUX_CONTAINER";

/** A build compiles and packs. */
export const acceleratorBuild: Rule = {
  id: "accelerator-build",
  pack: "accelerators",
  severity: "medium",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "CodeBuild builds on CPU",
  why:
    "A build on GPUs is billed by the minute at the price of the GPUs, and a reserved fleet by the hour " +
    "even when nothing is built. Compiling and packing use none of them.",
  fix:
    "Set the environment type to ARM_CONTAINER, or to LINUX_CONTAINER where a build needs x86. Train in a" +
    " training job instead of a build. No tag allows an accelerator here.",
  docs: "https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html",
  config: {},
  types: acceleratorTypes("build"),

  check: (resource) => acceleratorFindings(resource, "build", INSTEAD),
};
