import { deepEqual } from "node:assert/strict";
import { type GraphObject, UNKNOWN } from "../../../contracts/graph";
import { found, STACK, TRAINS } from "./acceleratedDocuments";

const NOTEBOOK = { Type: "AWS::SageMaker::NotebookInstance", Properties: { InstanceType: "ml.p3.2xlarge" } };
const CALL = "arn:aws:scheduler:::aws-sdk:sagemaker:createTransformJob";
const TRANSFORM = { TransformResources: { InstanceType: "ml.g5.xlarge" } };

/** A template of one resource. */
const holding = (Type: string, Properties: object): GraphObject => ({
  templateBody: JSON.stringify({ Resources: { R: { Type, Properties } } }),
});

describe("templates", () => {
  const instance = (Properties: object) => ({
    Parameters: { Type: { Type: "String", Default: "g5.xlarge" } },
    Resources: { I: { Type: "AWS::EC2::Instance", Properties } },
  });
  const at = "templateBody:$.Resources.I.Properties.InstanceType";
  const cases: readonly [string, GraphObject, readonly string[]][] = [
    [
      "a parameter's default counts",
      { templateBody: JSON.stringify(instance({ InstanceType: { Ref: "Type" } })) },
      [`fail ${at}`],
    ],
    [
      "what the stack gives counts more",
      { templateBody: JSON.stringify(instance({ InstanceType: { Ref: "Type" } })), parameters: { Type: "m8g.large" } },
      [],
    ],
    [
      "an unknown parameter cannot be told",
      { templateBody: JSON.stringify(instance({ InstanceType: { Ref: "Type" } })), parameters: { Type: UNKNOWN } },
      [`unknown ${at}`],
    ],
    [
      "one branch of a condition is enough",
      { templateBody: JSON.stringify(instance({ InstanceType: { "Fn::If": ["Big", "p3.2xlarge", "m5.large"] } })) },
      [`fail ${at}`],
    ],
    [
      "another expression cannot be told",
      { templateBody: JSON.stringify(instance({ InstanceType: { "Fn::ImportValue": "type" } })) },
      [`unknown ${at}`],
    ],
    [
      "a tag on the resource allows",
      {
        templateBody: JSON.stringify(
          instance({ InstanceType: "g5.xlarge", Tags: [{ Key: "frugal-ml:workload", Value: "training" }] }),
        ),
      },
      [],
    ],
    [
      "a tag on the stack allows",
      { templateBody: JSON.stringify(instance({ InstanceType: "g5.xlarge" })), tags: TRAINS },
      [],
    ],
    [
      "YAML with an instance of no type passes",
      { templateBody: "Resources:\n  I:\n    Type: AWS::EC2::Instance\n" },
      [],
    ],
    [
      "YAML fails as JSON does, with its short forms",
      {
        templateBody: `Parameters:
  Type: { Type: String, Default: g5.xlarge }
Resources:
  I:
    Type: &instance AWS::EC2::Instance
    Properties:
      InstanceType: !If [Big, !Ref Type, m5.large]
  J: { Type: *instance, Properties: { InstanceType: !Ref Type } }
  K: { Type: *instance, Properties: { InstanceType: !ImportValue type } }
  L: { Type: *instance, Properties: { InstanceType: m8g.large } }`,
      },
      [
        "fail templateBody:$.Resources.I.Properties.InstanceType",
        "fail templateBody:$.Resources.J.Properties.InstanceType",
        "unknown templateBody:$.Resources.K.Properties.InstanceType",
      ],
    ],
    [
      "a tag in YAML allows",
      {
        templateBody: `Resources:
  I:
    Type: AWS::EC2::Instance
    Properties:
      InstanceType: g5.xlarge
      Tags:
        - { Key: frugal-ml:workload, Value: training }`,
      },
      [],
    ],
    [
      "a macro of one's own cannot be told, one of AWS passes",
      { templateBody: "Transform: [AWS::LanguageExtensions, Mine]\nResources: {}\n" },
      ["unknown templateBody:$.Transform"],
    ],
    ["a macro of AWS passes", { templateBody: "Transform: AWS::Serverless-2016-10-31\nResources: {}\n" }, []],
    ...["N: { Type: AWS::SageMaker::NotebookInstance }", "N:\n    Type: &t AWS::Scheduler::Schedule"].map(
      (resource): [string, GraphObject, readonly string[]] => [
        `YAML that cannot be read, with ${JSON.stringify(resource)}, cannot be told`,
        { templateBody: `Resources:\n  B:\n    Type: AWS::S3::Bucket\n  ${resource}\n  x: *none\n` },
        ["unknown templateBody"],
      ],
    ),
    [
      "YAML that cannot be read, whose parameter is an instance's id, passes",
      {
        templateBody:
          "Parameters:\n  I:\n    Type: AWS::EC2::Instance::Id\nResources:\n  B:\n    Type: AWS::S3::Bucket\n  x: *none",
      },
      [],
    ],
    [
      "a parameter may be named as every object's own properties are",
      { templateBody: JSON.stringify(instance({ InstanceType: { Ref: "constructor" } })) },
      [`unknown ${at}`],
    ],
    [
      "what a loop makes fails",
      {
        templateBody: JSON.stringify({ Resources: { "Fn::ForEach::Ids": ["Id", ["a", "b"], { Looped: NOTEBOOK }] } }),
      },
      ["fail templateBody:$.Resources.Fn::ForEach::Ids[2].Looped.Properties.InstanceType"],
    ],
    [
      "what a macro makes cannot be told",
      { templateBody: JSON.stringify({ Resources: { "Fn::Transform": { Name: "AWS::Include" } } }) },
      ["unknown templateBody:$.Resources.Fn::Transform"],
    ],
    [
      "a stack set's template fails",
      holding("AWS::CloudFormation::StackSet", { TemplateBody: JSON.stringify({ Resources: { N: NOTEBOOK } }) }),
      ["fail templateBody:$.Resources.R.Properties.TemplateBody:$.Resources.N.Properties.InstanceType"],
    ],
    [
      "a schedule's call fails",
      holding("AWS::Scheduler::Schedule", { Target: { Arn: CALL, Input: JSON.stringify(TRANSFORM) } }),
      ["fail templateBody:$.Resources.R.Properties.Target.Input:$.TransformResources.InstanceType"],
    ],
    [
      "a schedule's call whose input an expression makes cannot be told",
      holding("AWS::Scheduler::Schedule", { Target: { Arn: CALL, Input: { "Fn::Sub": JSON.stringify(TRANSFORM) } } }),
      ["unknown templateBody:$.Resources.R.Properties.Target.Input"],
    ],
    [
      "an event rule's task fails",
      holding("AWS::Events::Rule", {
        Targets: [{ EcsParameters: {}, Input: '{"containerOverrides":[{"resourceRequirements":[{"type":"GPU"}]}]}' }],
      }),
      ["fail templateBody:$.Resources.R.Properties.Targets[0].Input:$.containerOverrides[0].resourceRequirements[0]"],
    ],
    ["YAML without anything that could passes", { templateBody: "Resources:\n  B:\n    Type: AWS::S3::Bucket\n" }, []],
    ["a template elsewhere cannot be told", { templateUrl: "https://example.com/t.json" }, ["unknown templateUrl"]],
    ["an unknown template cannot be told", { templateBody: UNKNOWN }, ["unknown templateBody"]],
  ];
  for (const [name, inputs, expected] of cases) it(name, () => deepEqual(found(STACK, inputs), expected));
});

describe("texts of containers", () => {
  const gpu = { resourceRequirements: [{ type: "GPU", value: "1" }] };
  const cases: readonly [string, GraphObject, readonly string[]][] = [
    [
      "aws:ecs/taskDefinition:TaskDefinition",
      { containerDefinitions: JSON.stringify([gpu]) },
      ["fail containerDefinitions:$[0].resourceRequirements[0]"],
    ],
    ["aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: JSON.stringify([gpu]), tags: TRAINS }, []],
    [
      "aws:ecs/taskDefinition:TaskDefinition",
      { containerDefinitions: JSON.stringify([gpu]), tags: UNKNOWN },
      ["unknown containerDefinitions:$[0].resourceRequirements[0]"],
    ],
    ["aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: UNKNOWN }, ["unknown containerDefinitions"]],
    [
      "aws:ecs/taskDefinition:TaskDefinition",
      { containerDefinitions: JSON.stringify([{ linuxParameters: { devices: [{ hostPath: "/dev/neuron0" }] } }]) },
      ["fail containerDefinitions:$[0].linuxParameters.devices[0].hostPath"],
    ],
    [
      "aws-native:ecs:TaskDefinition",
      { containerDefinitions: [gpu] },
      ["fail containerDefinitions[0].resourceRequirements[0]"],
    ],
    [
      "aws:batch/jobDefinition:JobDefinition",
      { containerProperties: JSON.stringify(gpu) },
      ["fail containerProperties:$.resourceRequirements[0]"],
    ],
    [
      "aws:batch/jobDefinition:JobDefinition",
      { nodeProperties: JSON.stringify({ nodeRangeProperties: [{ container: { instanceType: "p4d.24xlarge" } }] }) },
      ["fail nodeProperties:$.nodeRangeProperties[0].container.instanceType"],
    ],
    [
      "aws:batch/jobDefinition:JobDefinition",
      { ecsProperties: JSON.stringify({ taskProperties: [{ containers: [gpu] }] }) },
      ["fail ecsProperties:$.taskProperties[0].containers[0].resourceRequirements[0]"],
    ],
    [
      "aws-native:batch:JobDefinition",
      { containerProperties: gpu },
      ["fail containerProperties.resourceRequirements[0]"],
    ],
  ];
  for (const [type, inputs, expected] of cases)
    it(`${type} ${JSON.stringify(inputs).slice(0, 60)}`, () => deepEqual(found(type, inputs), expected));
});
