import type { GraphObject } from "../../../contracts/graph";
import { acceleratorRules } from "../../../policy/accelerators/rules";
import { evaluate } from "../../../policy/evaluate";
import { declared, graphOf } from "../declared";

/** Type of pipelines. */
export const PIPELINE = "aws:sagemaker/pipeline:Pipeline";
/** Type of state machines. */
export const MACHINE = "aws:sfn/stateMachine:StateMachine";
/** Type of schedules. */
export const SCHEDULE = "aws:scheduler/schedule:Schedule";
/** Type of CloudFormation stacks. */
export const STACK = "aws:cloudformation/stack:Stack";

/** Status and path of what is found in one resource. */
export function found(type: string, inputs: GraphObject): readonly string[] {
  const { verdicts } = evaluate(graphOf(declared(type, "document", inputs)), acceleratorRules);
  return verdicts.map(({ finding }) => `${finding.status} ${finding.path}`);
}

/** A pipeline of some steps. */
export const steps = (...Steps: readonly object[]) => ({
  pipelineDefinition: JSON.stringify({ Version: "2020-12-01", Steps }),
});
/** Resources of a processing job. */
export const processing = (type: unknown) => ({ ProcessingResources: { ClusterConfig: { InstanceType: type } } });
/** Resources of a transform job. */
export const transform = (type: unknown) => ({ TransformResources: { InstanceType: type } });
/** Resources of a training job, accelerated. */
export const training = { ResourceConfig: { InstanceType: "ml.p4d.24xlarge" } };
/** Tags of what trains. */
export const TRAINS = { "frugal-ml:workload": "training" };

/** Calls that start instances, with an accelerator; and whether a tag may allow it. */
export const CALLS: readonly (readonly [string, object, "by tag" | "never"])[] = [
  ["sagemaker:createProcessingJob", processing("ml.g5.xlarge"), "never"],
  ["sagemaker:createTransformJob.sync", transform("ml.g5.xlarge"), "never"],
  ["sagemaker:createEndpointConfig", { ProductionVariants: [{ InstanceType: "ml.inf1.xlarge" }] }, "never"],
  ["aws-sdk:sagemaker:createNotebookInstance", { InstanceType: "ml.p3.2xlarge" }, "never"],
  ["aws-sdk:sagemaker:createApp", { ResourceSpec: { InstanceType: "ml.g4dn.xlarge" } }, "never"],
  ["batch:submitJob.sync", { ContainerOverrides: { ResourceRequirements: [{ Type: "GPU", Value: "1" }] } }, "by tag"],
  [
    "ecs:runTask.sync",
    { Overrides: { ContainerOverrides: [{ ResourceRequirements: [{ Type: "GPU", Value: "1" }] }] } },
    "by tag",
  ],
  ["aws-sdk:ec2:runInstances", { InstanceType: "trn1.2xlarge" }, "by tag"],
  ["aws-sdk:ec2:createFleet", { LaunchTemplateConfigs: [{ Overrides: [{ InstanceType: "g5.xlarge" }] }] }, "by tag"],
  ["elasticmapreduce:createCluster.sync", { Instances: { MasterInstanceType: "g4dn.xlarge" } }, "by tag"],
  [
    "eks:runJob.sync",
    { Job: { spec: { containers: [{ resources: { limits: { "nvidia.com/gpu": 1 } } }] } } },
    "by tag",
  ],
  ["codebuild:startBuild", { EnvironmentTypeOverride: "LINUX_GPU_CONTAINER" }, "never"],
];
