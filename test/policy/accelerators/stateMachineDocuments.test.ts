import { deepEqual } from "node:assert/strict";
import { UNKNOWN } from "../../../contracts/graph";
import { CALLS, found, MACHINE, SCHEDULE, STACK, TRAINS, training, transform } from "./acceleratedDocuments";

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
  it("what is selected or made as a whole cannot be told", () => {
    const transforms = "arn:aws:states:::sagemaker:createTransformJob";
    deepEqual(found(MACHINE, machine({ A: { Type: "Task", Resource: transforms, "Parameters.$": "$.call" } })), [
      "unknown definition:$.States.A.Parameters.$.instanceType",
    ]);
    deepEqual(found(MACHINE, task("sagemaker:createTransformJob", { "TransformResources.$": "$.where" })), [
      "unknown definition:$.States.A.Parameters.TransformResources.$",
    ]);
    deepEqual(found(MACHINE, task("sagemaker:createTransformJob", { TransformResources: "{% $where %}" })), [
      "unknown definition:$.States.A.Parameters.TransformResources",
    ]);
    deepEqual(found(MACHINE, task("batch:submitJob", { ContainerOverrides: { "Environment.$": "$.variables" } })), []);
  });
  it("calls that only ask pass, whatever they ask about", () => {
    deepEqual(found(MACHINE, task("aws-sdk:ec2:describeInstanceTypes", { InstanceTypes: ["g5.xlarge"] })), []);
  });
  it("a definition that nests without end cannot be told", () => {
    const deep = `{"States":${'{"a":{"States":'.repeat(5_000)}{}${"}}".repeat(5_000)}}`;
    deepEqual(found(MACHINE, { definition: deep }), ["unknown definition"]);
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
