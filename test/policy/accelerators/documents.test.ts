import { deepEqual } from "node:assert/strict";
import { type GraphObject, type GraphValue, Secret, UNKNOWN } from "../../../contracts/graph";
import { acceleratorRules } from "../../../policy/accelerators/rules";
import { evaluate } from "../../../policy/evaluate";
import { declared, graphOf } from "../declared";

const PIPELINE = "aws:sagemaker/pipeline:Pipeline";
const MACHINE = "aws:sfn/stateMachine:StateMachine";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const STACK = "aws:cloudformation/stack:Stack";

/** Status and path of what is found in one resource. */
function found(type: string, inputs: GraphObject): readonly string[] {
  const { verdicts } = evaluate(graphOf(declared(type, "document", inputs)), acceleratorRules);
  return verdicts.map(({ finding }) => `${finding.status} ${finding.path}`);
}

const steps = (...Steps: readonly object[]) => ({
  pipelineDefinition: JSON.stringify({ Version: "2020-12-01", Steps }),
});
const processing = (type: unknown) => ({ ProcessingResources: { ClusterConfig: { InstanceType: type } } });
const transform = (type: unknown) => ({ TransformResources: { InstanceType: type } });
const training = { ResourceConfig: { InstanceType: "ml.p4d.24xlarge" } };
const TRAINS = { "frugal-ml:workload": "training" };

describe("pipeline definitions", () => {
  const at = "pipelineDefinition:$.Steps[0].Arguments";
  const cases: readonly [string, GraphObject, readonly string[]][] = [
    ["training passes", steps({ Name: "a", Type: "Training", Arguments: training }), []],
    ["tuning passes", steps({ Type: "Tuning", Arguments: { TrainingJobDefinition: training } }), []],
    [
      "a rule of Debugger beside training fails",
      steps({
        Type: "Training",
        Arguments: { ...training, DebugRuleConfigurations: [{ InstanceType: "ml.g5.xlarge" }] },
      }),
      [`fail ${at}.DebugRuleConfigurations[0].InstanceType`],
    ],
    [
      "processing fails",
      steps({ Type: "Processing", Arguments: processing("ml.g5.xlarge") }),
      [`fail ${at}.ProcessingResources.ClusterConfig.InstanceType`],
    ],
    ["processing on CPU passes", steps({ Type: "Processing", Arguments: processing("ml.m5.xlarge") }), []],
    [
      "transform fails",
      steps({ Type: "Transform", Arguments: transform("ml.p3.2xlarge") }),
      [`fail ${at}.TransformResources.InstanceType`],
    ],
    [
      "an unknown family cannot be told",
      steps({ Type: "Transform", Arguments: transform("ml.g99.xlarge") }),
      [`unknown ${at}.TransformResources.InstanceType`],
    ],
    [
      "a registered model fails",
      steps({
        Type: "RegisterModel",
        Arguments: {
          InferenceSpecification: { SupportedRealtimeInferenceInstanceTypes: ["ml.c7g.large", "ml.inf2.xlarge"] },
        },
      }),
      [`fail ${at}.InferenceSpecification.SupportedRealtimeInferenceInstanceTypes[1]`],
    ],
    [
      "a quality check fails",
      steps({ Type: "QualityCheck", Arguments: processing("ml.g4dn.xlarge"), CheckType: "DATA_QUALITY" }),
      [`fail ${at}.ProcessingResources.ClusterConfig.InstanceType`],
    ],
    [
      "an EMR step's cluster fails",
      steps({ Type: "EMR", ClusterConfig: { Instances: { InstanceGroups: [{ InstanceType: "g4dn.xlarge" }] } } }),
      ["fail pipelineDefinition:$.Steps[0].ClusterConfig.Instances.InstanceGroups[0].InstanceType"],
    ],
    [
      "both branches of a condition are read",
      steps({
        Type: "Condition",
        Arguments: {
          IfSteps: [{ Type: "Training", Arguments: training }],
          ElseSteps: [
            {
              Type: "Condition",
              Arguments: { IfSteps: [{ Type: "Transform", Arguments: transform("ml.g5.xlarge") }] },
            },
          ],
        },
      }),
      [`fail ${at}.ElseSteps[0].Arguments.IfSteps[0].Arguments.TransformResources.InstanceType`],
    ],
    [
      "a parameter without a default cannot be told",
      steps({ Type: "Processing", Arguments: processing({ Get: "Parameters.Type" }) }),
      [`unknown ${at}.ProcessingResources.ClusterConfig.InstanceType`],
    ],
    ["no JSON cannot be told", { pipelineDefinition: "Steps: []" }, ["unknown pipelineDefinition"]],
    ["an unknown definition cannot be told", { pipelineDefinition: UNKNOWN }, ["unknown pipelineDefinition"]],
    [
      "a definition in S3 cannot be told",
      { pipelineDefinitionS3Location: { bucket: "b", objectKey: "k" } },
      ["unknown pipelineDefinitionS3Location"],
    ],
    [
      "a secret definition is read",
      {
        pipelineDefinition: new Secret(
          steps({ Type: "Transform", Arguments: transform("ml.p3.2xlarge") }).pipelineDefinition,
        ),
      },
      [`fail ${at}.TransformResources.InstanceType`],
    ],
    [
      "a tag allows nothing",
      { ...steps({ Type: "Transform", Arguments: transform("ml.p3.2xlarge") }), tags: TRAINS },
      [`fail ${at}.TransformResources.InstanceType`],
    ],
  ];
  for (const [name, inputs, expected] of cases) it(name, () => deepEqual(found(PIPELINE, inputs), expected));

  for (const [name, value, expected] of [
    ["an accelerated default fails", "ml.g5.xlarge", 1],
    ["a CPU default passes", "ml.m5.xlarge", 0],
  ] as const) {
    it(name, () => {
      const Parameters = [{ Name: "Type", Type: "String", DefaultValue: value }];
      const Steps = [{ Type: "Processing", Arguments: processing({ Get: "Parameters.Type" }) }];
      deepEqual(found(PIPELINE, { pipelineDefinition: JSON.stringify({ Parameters, Steps }) }).length, expected);
    });
  }
  it("aws-native nests the definition", () => {
    const { pipelineDefinition } = steps({ Type: "Transform", Arguments: transform("ml.p3.2xlarge") });
    const native = (definition: GraphValue) =>
      found("aws-native:sagemaker:Pipeline", { pipelineDefinition: definition });
    deepEqual(
      native({ pipelineDefinitionBody: pipelineDefinition }).map((text) => text.slice(0, 56)),
      ["fail pipelineDefinition.pipelineDefinitionBody:$.Steps[0"],
    );
    deepEqual(native({ pipelineDefinitionS3Location: { bucket: "b" } }), [
      "unknown pipelineDefinition.pipelineDefinitionS3Location",
    ]);
  });
});

/** Calls that start instances, with an accelerator; and whether a tag may allow it. */
const CALLS: readonly (readonly [string, object, "by tag" | "never"])[] = [
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

describe("state machines", () => {
  const machine = (States: object) => ({ definition: JSON.stringify({ StartAt: "A", States }) });
  for (const [call, parameters, role] of CALLS) {
    const task = (name: string) => ({ Type: "Task", Resource: `arn:aws:states:::${call}`, [name]: parameters });
    it(`${call} fails, as parameters, as arguments, in a map and in a branch`, () => {
      const States = {
        A: task("Parameters"),
        B: task("Arguments"),
        C: { Type: "Map", ItemProcessor: { States: { D: task("Parameters") } } },
        E: { Type: "Parallel", Branches: [{ States: { F: task("Parameters") } }] },
        G: { Type: "Map", Iterator: { States: { H: task("Parameters") } } },
      };
      const statuses = found(MACHINE, machine(States)).map((text) => text.split(" ")[0]);
      deepEqual(statuses, ["fail", "fail", "fail", "fail", "fail"]);
    });
    it(`${call} is allowed ${role}`, () => {
      const atCall = {
        ...task("Parameters"),
        Parameters: { ...parameters, Tags: [{ Key: "frugal-ml:workload", Value: "training" }] },
      };
      const expected = role === "by tag" ? 0 : 1;
      deepEqual(found(MACHINE, { ...machine({ A: task("Parameters") }), tags: TRAINS }).length, expected);
      deepEqual(found(MACHINE, machine({ A: atCall })).length, expected);
    });
    it(`${call} fails in a template too`, () => {
      const Resources = {
        M: {
          Type: "AWS::StepFunctions::StateMachine",
          Properties: { Definition: { States: { A: task("Parameters") } } },
        },
      };
      deepEqual(
        found(STACK, { templateBody: JSON.stringify({ Resources }) }).map((text) => text.split(".")[0]),
        ["fail templateBody:$"],
      );
    });
  }

  const task = (call: string, Parameters: object) =>
    machine({ A: { Type: "Task", Resource: `arn:aws:states:::${call}`, Parameters } });
  it("training and tuning pass", () => {
    deepEqual(found(MACHINE, task("sagemaker:createTrainingJob.sync", training)), []);
    deepEqual(
      found(MACHINE, task("sagemaker:createHyperParameterTuningJob.sync", { TrainingJobDefinition: training })),
      [],
    );
  });
  it("what is decided when it runs cannot be told", () => {
    deepEqual(
      found(MACHINE, task("sagemaker:createTransformJob", { TransformResources: { "InstanceType.$": "$.type" } })),
      ["unknown definition:$.States.A.Parameters.TransformResources.InstanceType.$"],
    );
    deepEqual(found(MACHINE, task("sagemaker:createTransformJob", transform("{% $type %}"))), [
      "unknown definition:$.States.A.Parameters.TransformResources.InstanceType",
    ]);
    deepEqual(found(MACHINE, { definition: UNKNOWN }), ["unknown definition"]);
  });
  it("other calls and plain data pass", () => {
    deepEqual(found(MACHINE, task("lambda:invoke", { InstanceType: "ml.p3.2xlarge" })), []);
    deepEqual(found(MACHINE, machine({ A: { Type: "Pass", Result: { InstanceType: "ml.p3.2xlarge" } } })), []);
  });
});

describe("schedules and event rules", () => {
  for (const [call, parameters] of CALLS.filter(([name]) => !/codebuild/.test(name))) {
    const [service, action] = call.replace("aws-sdk:", "").split(/[:.]/);
    it(`${service}:${action} fails`, () => {
      const target = { arn: `arn:aws:scheduler:::aws-sdk:${service}:${action}`, input: JSON.stringify(parameters) };
      deepEqual(
        found(SCHEDULE, { target }).map((text) => text.split(":")[0]),
        ["fail target.input"],
      );
    });
  }
  const gpu = JSON.stringify({ containerOverrides: [{ resourceRequirements: [{ type: "GPU", value: "1" }] }] });
  it("a task's overrides fail, unless its tags say that it trains", () => {
    const target = { arn: UNKNOWN, input: gpu, ecsParameters: { taskDefinitionArn: UNKNOWN } };
    deepEqual(found(SCHEDULE, { target }), ["fail target.input:$.containerOverrides[0].resourceRequirements[0]"]);
    deepEqual(found(SCHEDULE, { target: { ...target, ecsParameters: { tags: TRAINS } } }), []);
    deepEqual(found("aws:cloudwatch/eventTarget:EventTarget", { arn: UNKNOWN, input: gpu, ecsTarget: {} }), [
      "fail input:$.containerOverrides[0].resourceRequirements[0]",
    ]);
    deepEqual(found("aws-native:events:Rule", { targets: [{ arn: "arn", input: gpu, ecsParameters: {} }] }), [
      "fail targets[0].input:$.containerOverrides[0].resourceRequirements[0]",
    ]);
  });
  it("the input of another target is data", () => {
    deepEqual(found(SCHEDULE, { target: { arn: UNKNOWN, input: gpu } }), []);
    deepEqual(found(SCHEDULE, { target: { arn: "arn:aws:lambda:eu-west-1:1:function:f", input: UNKNOWN } }), []);
  });
  it("an unknown input of a call cannot be told", () =>
    deepEqual(found(SCHEDULE, { target: { arn: "arn:aws:scheduler:::aws-sdk:ec2:runInstances", input: UNKNOWN } }), [
      "unknown target.input",
    ]));
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
      "YAML with an instance cannot be told",
      { templateBody: "Resources:\n  I:\n    Type: AWS::EC2::Instance\n" },
      ["unknown templateBody"],
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
