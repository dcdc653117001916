import { UNKNOWN } from "../../../contracts/graph";
import { trainingEncryption } from "../../../policy/rules/trainingEncryption";
import { declared } from "../declared";
import { pipeline, trainingJob } from "../jobs";
import { testRule } from "../ruleCases";

const key = declared("aws:kms/key:Key", "key");
const resourceConfig = { instanceType: "ml.m5.xlarge", instanceCount: 1 };
const unknownKey = { outputDataConfig: { s3OutputPath: "s3://shop", kmsKeyId: UNKNOWN } };

testRule(trainingEncryption, [
  ["keys pass", trainingJob(), []],
  ["no key of the volume fails", trainingJob({ resourceConfig }), ["fail resourceConfig.volumeKmsKeyId"]],
  [
    "several places are one finding",
    trainingJob({ resourceConfig, outputDataConfig: { s3OutputPath: "s3://shop" } }),
    ["fail resourceConfig.volumeKmsKeyId"],
  ],
  ["NVMe storage needs none", trainingJob({ resourceConfig: { ...resourceConfig, instanceType: "ml.g5.xlarge" } }), []],
  ["an unknown key cannot be told", trainingJob(unknownKey), ["unknown outputDataConfig.kmsKeyId"]],
  [
    "a key of this stack passes",
    [key, trainingJob(unknownKey, { dependencies: [key.urn], propertyDependencies: { outputDataConfig: [key.urn] } })],
    [],
  ],
  ["a pipeline's references pass", pipeline(), []],
  [
    "a pipeline's step fails",
    pipeline({}, { ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.xlarge" } } }),
    ["fail pipelineDefinition.Prepare.ProcessingResources.ClusterConfig.VolumeKmsKeyId"],
  ],
]);
