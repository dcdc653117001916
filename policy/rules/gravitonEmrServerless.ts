import type { Rule } from "../../contracts/rule";
import { preprocesses, preprocessingProblems } from "../subjects/preprocessing";
import { PREPROCESSING_WORK_PARAMETERS, WHETHER_PREPROCESSING } from "../subjects/preprocessingWork";
import { requiredText } from "../subjects/requiredText";
import { weighed } from "../subjects/weighed";

/** Spark prepares data on Graviton as it does on x86. */
export const gravitonEmrServerless: Rule = {
  id: "graviton-emr-serverless",
  pack: "graviton",
  severity: "medium",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "EMR Serverless applications of preprocessing run on Graviton",
  why:
    "EMR Serverless is x86 unless an application says otherwise, and charges more for a vCPU hour and a GB hour of x86 " +
    "than of Arm. Spark and Hive run on both.",
  fix: "Set architecture to ARM64, and build custom images and native libraries for arm64.",
  docs: "https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/architecture.html",
  config: PREPROCESSING_WORK_PARAMETERS,
  types: ["aws:emrserverless/application:Application", "aws-native:emrserverless:Application"],
  configProblems: preprocessingProblems,

  check(resource, { config }) {
    const findings = requiredText(resource.inputs, {
      path: ["architecture"],
      allowed: ["ARM64"],
      absent: "absent, so it runs on X86_64",
    });
    return findings.length === 0 ? [] : weighed(preprocesses(resource, config), WHETHER_PREPROCESSING, findings);
  },
};
