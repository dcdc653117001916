import { UNKNOWN } from "../../../contracts/graph";
import { retiredInstance } from "../../../policy/rules/retiredInstance";
import { declared } from "../declared";
import { configuration } from "../endpoints";
import { pipeline, trainingJob } from "../jobs";
import { testRule } from "../ruleCases";

const instance = (instanceType: string | typeof UNKNOWN) =>
  declared("aws:ec2/instance:Instance", "i", { instanceType });

testRule(retiredInstance, [
  ["a family of today passes", trainingJob(), []],
  [
    "ml.p2 fails",
    trainingJob({ resourceConfig: { instanceType: "ml.p2.xlarge" } }),
    ["fail resourceConfig.instanceType"],
  ],
  ["g2 of EC2 fails", instance("g2.2xlarge"), ["fail instanceType"]],
  ["look-alikes pass", [instance("g5.xlarge"), { ...instance("p4d.24xlarge"), name: "j" }], []],
  [
    "an endpoint's variant fails",
    configuration({ instanceType: "ml.p2.xlarge" }),
    ["fail productionVariants[0].instanceType"],
  ],
  [
    "a pipeline's step fails",
    pipeline({ ResourceConfig: { InstanceType: "ml.p2.xlarge" } }),
    ["fail pipelineDefinition.Steps[1].Arguments.IfSteps[0].Arguments.ResourceConfig.InstanceType"],
  ],
  [
    "one of a list fails",
    declared("aws:eks/nodeGroup:NodeGroup", "n", { instanceTypes: ["m7i.large", "p2.xlarge"] }),
    ["fail instanceTypes[1]"],
  ],
  ["unknown cannot be told", instance(UNKNOWN), ["unknown instanceType"]],
]);
