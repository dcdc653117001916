import { type GraphObject, UNKNOWN } from "../../../contracts/graph";
import { networkIsolation } from "../../../policy/rules/networkIsolation";
import { declared } from "../declared";
import { pipeline, trainingJob } from "../jobs";
import { testRule } from "../ruleCases";

const path = "enableNetworkIsolation";
const vpcConfig = { subnets: ["subnet-1"], securityGroupIds: ["sg-1"] };
const model = (change: Parameters<typeof declared>[2]) =>
  declared("aws:sagemaker/model:Model", "model", {
    executionRoleArn: "arn:aws:iam::1:role/r",
    [path]: true,
    ...change,
  });

const open = model({ [path]: false });

/** A configuration of the model's, with variants on instances or without. */
const configuration = (...variants: readonly ("serverless" | "instances")[]) =>
  declared(
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    "config",
    {
      productionVariants: variants.map(
        (kind): GraphObject =>
          kind === "serverless"
            ? { modelName: UNKNOWN, serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 5 } }
            : { modelName: UNKNOWN, instanceType: "ml.c7g.large" },
      ),
    },
    { dependencies: [open.urn], propertyDependencies: { productionVariants: [open.urn] } },
  );

testRule(networkIsolation, [
  [
    "a model of serverless variants alone passes: SageMaker refuses to isolate it",
    [open, configuration("serverless")],
    [],
  ],
  ["one that instances serve fails", [open, configuration("instances")], [`fail ${path}`]],
  ["one that instances serve too fails", [open, configuration("serverless", "instances")], [`fail ${path}`]],
  ["an isolated training job passes", trainingJob(), []],
  ["one that is not fails", trainingJob({ [path]: false }), [`fail ${path}`]],
  ["one in a VPC passes", trainingJob({ [path]: false, vpcConfig }), []],
  [
    "one in a VPC fails where that is not enough",
    trainingJob({ [path]: false, vpcConfig }),
    [`fail ${path}`],
    { vpcIsEnough: false },
  ],
  ["unknown cannot be told", trainingJob({ [path]: UNKNOWN }), [`unknown ${path}`]],
  ["an isolated model passes", model({}), []],
  ["a model that says nothing fails", model({ [path]: null }), [`fail ${path}`]],
  ["aws-native's model fails", declared("aws-native:sagemaker:Model", "model"), [`fail ${path}`]],
  ["an isolated step passes", pipeline(), []],
  [
    "a step that is not fails",
    pipeline({ EnableNetworkIsolation: false }),
    ["fail pipelineDefinition.Train.EnableNetworkIsolation"],
  ],
]);
