import type { Rule } from "../../contracts/rule";
import { containerArchitecture } from "../subjects/containerArchitecture";
import { preprocesses, preprocessingProblems } from "../subjects/preprocessing";
import { PREPROCESSING_WORK_PARAMETERS, WHETHER_PREPROCESSING } from "../subjects/preprocessingWork";
import { weighed } from "../subjects/weighed";

/** Preprocessing in containers is CPU work that runs on Graviton. */
export const gravitonContainer: Rule = {
  id: "graviton-container",
  pack: "graviton",
  severity: "medium",
  enforcement: "mandatory",
  // A job's properties are a text that often holds an image not built yet; the update judges again.
  onUnknown: "report",
  title: "ECS tasks and Batch jobs of preprocessing run on Graviton",
  why:
    "Fargate is x86 unless a task says otherwise, and charges more for a vCPU and a GB of x86 than of Arm. What runs for " +
    "every image or row multiplies the difference.",
  fix:
    "Set runtimePlatform.cpuArchitecture to ARM64 (Batch: within containerProperties) and build the image for " +
    "linux/arm64. A Batch job on EC2 takes the processor of its compute environment: name Graviton types there.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
  config: PREPROCESSING_WORK_PARAMETERS,
  types: [
    "aws:ecs/taskDefinition:TaskDefinition",
    "aws-native:ecs:TaskDefinition",
    "aws:batch/jobDefinition:JobDefinition",
    "aws-native:batch:JobDefinition",
  ],
  configProblems: preprocessingProblems,

  check(resource, { config }) {
    const findings = containerArchitecture(resource);
    return findings.length === 0 ? [] : weighed(preprocesses(resource, config), WHETHER_PREPROCESSING, findings);
  },
};
