import { deepEqual, equal, ok } from "node:assert/strict";
import { type GraphObject, UNKNOWN } from "../../../contracts/graph";
import { instanceFamily, sageMakerFamilies } from "../../../contracts/instanceFamilies";
import { acceleratorRules } from "../../../policy/accelerators/rules";
import { parsePolicyConfiguration } from "../../../policy/configuration";
import { evaluate } from "../../../policy/evaluate";
import { declared, graphOf } from "../declared";
import { assertSuppressed } from "../suppressed";

/** One valid fixture of each rule, and the one field that is changed: to fail, and to what cannot be told. */
const FIXTURES: readonly (readonly [
  rule: string,
  type: string,
  valid: GraphObject,
  fail: GraphObject,
  unknown: GraphObject,
])[] = [
  [
    "accelerator-endpoint",
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    { productionVariants: [{ instanceType: "ml.c7g.xlarge" }] },
    { productionVariants: [{ instanceType: "ml.g5.xlarge" }] },
    { productionVariants: [{ instanceType: "ml.zz9.xlarge" }] },
  ],
  [
    "accelerator-transform",
    "aws:sagemaker/algorithm:Algorithm",
    { inferenceSpecification: { supportedTransformInstanceTypes: ["ml.m5.xlarge"] } },
    { inferenceSpecification: { supportedTransformInstanceTypes: ["ml.g5.xlarge"] } },
    { inferenceSpecification: { supportedTransformInstanceTypes: [UNKNOWN] } },
  ],
  [
    "accelerator-processing",
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
    { jobResources: { clusterConfig: { instanceType: "ml.m5.xlarge" } } },
    { jobResources: { clusterConfig: { instanceType: "ml.g5.xlarge" } } },
    { jobResources: { clusterConfig: UNKNOWN } },
  ],
  [
    "accelerator-notebook",
    "aws:sagemaker/notebookInstance:NotebookInstance",
    { instanceType: "ml.t3.medium" },
    { instanceType: "ml.g4dn.xlarge" },
    { instanceType: UNKNOWN },
  ],
  [
    "accelerator-studio",
    "aws:sagemaker/app:App",
    { resourceSpec: { instanceType: "system" } },
    { resourceSpec: { instanceType: "ml.g4dn.xlarge" } },
    { resourceSpec: UNKNOWN },
  ],
  [
    "accelerator-pipeline",
    "aws:sagemaker/pipeline:Pipeline",
    { pipelineDefinition: '{"Steps":[]}' },
    { pipelineDefinition: '{"Steps":[{"Type":"Processing","Arguments":{"InstanceType":"ml.g5.xlarge"}}]}' },
    { pipelineDefinition: UNKNOWN },
  ],
  [
    "accelerator-state-machine",
    "aws:sfn/stateMachine:StateMachine",
    { definition: '{"States":{}}' },
    {
      definition:
        '{"States":{"A":{"Resource":"arn:aws:states:::sagemaker:createTransformJob","Parameters":{"InstanceType":"ml.g5.xlarge"}}}}',
    },
    { definition: UNKNOWN },
  ],
  [
    "accelerator-schedule",
    "aws:scheduler/schedule:Schedule",
    { target: { arn: "arn:aws:scheduler:::aws-sdk:ec2:runInstances", input: '{"InstanceType":"m8g.large"}' } },
    { target: { arn: "arn:aws:scheduler:::aws-sdk:ec2:runInstances", input: '{"InstanceType":"g5.xlarge"}' } },
    { target: UNKNOWN },
  ],
  [
    "accelerator-template",
    "aws:cloudcontrol/resource:Resource",
    { typeName: "AWS::SageMaker::NotebookInstance", desiredState: '{"InstanceType":"ml.t3.medium"}' },
    { desiredState: '{"InstanceType":"ml.p3.2xlarge"}' },
    { desiredState: UNKNOWN },
  ],
  [
    "accelerator-build",
    "aws:codebuild/project:Project",
    { environment: { type: "ARM_CONTAINER" } },
    { environment: { type: "LINUX_GPU_CONTAINER" } },
    { environment: { type: UNKNOWN } },
  ],
  [
    "accelerator-function",
    "aws:lambda/capacityProvider:CapacityProvider",
    { instanceRequirements: [{ allowedInstanceTypes: ["c8g.xlarge"] }] },
    { instanceRequirements: [{ allowedInstanceTypes: ["g6.xlarge"] }] },
    { instanceRequirements: [UNKNOWN] },
  ],
  [
    "accelerator-ec2",
    "aws:ec2/instance:Instance",
    { instanceType: "m8g.xlarge" },
    { instanceType: "g5g.xlarge" },
    { instanceType: UNKNOWN },
  ],
  [
    "accelerator-auto-scaling",
    "aws:autoscaling/group:Group",
    { mixedInstancesPolicy: { launchTemplate: { overrides: [{ instanceType: "m8g.xlarge" }] } } },
    { mixedInstancesPolicy: { launchTemplate: { overrides: [{ instanceType: "dl1.24xlarge" }] } } },
    { mixedInstancesPolicy: UNKNOWN },
  ],
  [
    "accelerator-cluster",
    "aws:eks/nodeGroup:NodeGroup",
    { instanceTypes: ["m8g.xlarge"] },
    { instanceTypes: ["vt1.3xlarge"] },
    { instanceTypes: UNKNOWN },
  ],
  [
    "accelerator-container",
    "aws:ecs/taskDefinition:TaskDefinition",
    { containerDefinitions: "[]" },
    { containerDefinitions: '[{"resourceRequirements":[{"type":"GPU","value":"1"}]}]' },
    { containerDefinitions: UNKNOWN },
  ],
  [
    "accelerator-emr",
    "aws:emr/cluster:Cluster",
    { coreInstanceGroup: { instanceType: "m7g.xlarge" } },
    { coreInstanceGroup: { instanceType: "g4dn.xlarge" } },
    { coreInstanceGroup: UNKNOWN },
  ],
];

/** Rules whose failing fixture has no role of its own; the schedule's starts an EC2 instance. */
const BY_TAG = ["ec2", "auto-scaling", "cluster", "container", "emr", "schedule"].map((name) => `accelerator-${name}`);

function judge(rule: string, type: string, inputs: GraphObject, config: object = {}) {
  const rules = acceleratorRules.filter(({ id }) => id === rule);
  return evaluate(graphOf(declared(type, "fixture", inputs)), rules, parsePolicyConfiguration({ [rule]: config }))
    .verdicts;
}

describe("rules of the accelerators pack", () => {
  it("have a fixture each; Glue has no accelerated worker, and is in the corpus", () => {
    const tested = [...FIXTURES.map(([rule]) => rule), "accelerator-glue"].sort();
    deepEqual(acceleratorRules.map(({ id }) => id).sort(), tested);
  });

  for (const [rule, type, valid, fail, unknown] of FIXTURES) {
    const declaredRule = acceleratorRules.find(({ id }) => id === rule);
    it(`${rule} passes, fails, and cannot tell`, () => {
      const statuses = (change: GraphObject) =>
        judge(rule, type, { ...valid, ...change }).map(({ finding, violation }) => `${finding.status} ${violation}`);
      deepEqual(statuses({}), []);
      deepEqual(statuses(fail), ["fail true"]);
      deepEqual(statuses(unknown), [`unknown ${declaredRule?.onUnknown === "fail"}`]);
      const [other] = judge(
        rule,
        type,
        { ...valid, ...unknown },
        { onUnknown: declaredRule?.onUnknown === "fail" ? "report" : "fail" },
      );
      equal(other?.violation, declaredRule?.onUnknown !== "fail");
    });

    it(`${rule} is suppressed by an exception for its resource alone`, () =>
      assertSuppressed(rule, [declared(type, "fixture", { ...valid, ...fail })]));

    it(`${rule} is allowed by a tag only where nothing else says the role`, () => {
      const tags = { "frugal-ml:workload": "Training" };
      equal(judge(rule, type, { ...valid, ...fail, tags }).length, BY_TAG.includes(rule) ? 0 : 1);
    });
  }

  it("take another tag by configuration, and cannot tell by one that is not known", () => {
    const config = { tagKey: "purpose", tagValues: ["fit"] };
    const verdicts = (tags: GraphObject) =>
      judge("accelerator-ec2", "aws:ec2/instance:Instance", { instanceType: "p4d.24xlarge", tags }, config);
    deepEqual(verdicts({ purpose: "FIT" }), []);
    equal(verdicts({ "frugal-ml:workload": "training" })[0]?.finding.status, "fail");
    equal(verdicts({ purpose: UNKNOWN })[0]?.finding.status, "unknown");
  });

  it("see the nodes of EKS's own components, which are taken apart at deployment", () => {
    const nodes: readonly (readonly [string, GraphObject, GraphObject])[] = [
      [
        "eks:index:ManagedNodeGroup",
        { instanceTypes: ["p4d.24xlarge"] },
        { tags: { "frugal-ml:workload": "training" } },
      ],
      [
        "eks:index:NodeGroup",
        { instanceType: "g5.xlarge" },
        { autoScalingGroupTags: { "frugal-ml:workload": "training" } },
      ],
      [
        "eks:index:NodeGroupV2",
        { instanceType: "g5.xlarge" },
        { autoScalingGroupTags: { "frugal-ml:workload": "training" } },
      ],
      [
        "eks:index:Cluster",
        { nodeGroupOptions: { instanceType: "inf2.xlarge" } },
        { tags: { "frugal-ml:workload": "training" } },
      ],
    ];
    for (const [type, inputs, training] of nodes) {
      const statuses = (given: GraphObject) =>
        judge("accelerator-cluster", type, given).map(({ finding }) => finding.status);
      deepEqual(statuses(inputs), ["fail"], type);
      deepEqual(statuses({ ...inputs, ...training }), [], type);
      deepEqual(statuses({ instanceType: "m7g.large", instanceTypes: ["c7g.large"] }), [], type);
    }
  });

  it("judge what has no tags by those who use it", () => {
    const configuration = declared("aws:ec2/launchConfiguration:LaunchConfiguration", "config", {
      instanceType: "p3.2xlarge",
    });
    const group = (name: string, value: string) =>
      declared(
        "aws:autoscaling/group:Group",
        name,
        { tags: [{ key: "frugal-ml:workload", value, propagateAtLaunch: true }] },
        { propertyDependencies: { launchConfiguration: [configuration.urn] } },
      );
    const count = (...groups: ReturnType<typeof group>[]) =>
      evaluate(graphOf(configuration, ...groups), acceleratorRules).verdicts.length;
    deepEqual(
      [count(), count(group("a", "training")), count(group("a", "training"), group("b", "inference"))],
      [1, 0, 1],
    );

    const cluster = (value: string) =>
      declared("aws:emr/cluster:Cluster", "cluster", { tags: { "frugal-ml:workload": value } });
    const part = declared(
      "aws:emr/instanceGroup:InstanceGroup",
      "part",
      { instanceType: "g5.xlarge" },
      { propertyDependencies: { clusterId: [cluster("").urn] } },
    );
    const emr = (value: string) => evaluate(graphOf(cluster(value), part), acceleratorRules).verdicts.length;
    deepEqual([emr("training"), emr("reporting")], [0, 1]);
  });

  it("recommend types that are not accelerated and that the service takes", () => {
    const uses = {
      endpoint: "hosting",
      transform: "transform",
      processing: "processing",
      notebook: "notebook",
      studio: "studio",
    } as const;
    for (const [name, use] of Object.entries(uses)) {
      const [, type = "", , fail = {}] = FIXTURES.find(([rule]) => rule === `accelerator-${name}`) ?? [];
      const message = judge(`accelerator-${name}`, type, fail)[0]?.finding.message ?? "";
      const recommended = [...message.matchAll(/ml\.([a-z0-9-]+)\./g)].map(([, family]) => family ?? "");
      ok(recommended.length > 0, message);
      for (const family of recommended) {
        ok(
          sageMakerFamilies(use).some((each) => each.name === family),
          `${use} ${family}`,
        );
        equal(instanceFamily(family)?.accelerator, undefined);
      }
    }
  });
});
