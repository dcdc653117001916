import { deepEqual } from "node:assert/strict";
import { type GraphObject, type GraphValue, Secret, UNKNOWN } from "../../../contracts/graph";
import { found, PIPELINE, processing, steps, TRAINS, training, transform } from "./acceleratedDocuments";

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
