import { UNKNOWN } from "../../../contracts/graph";
import { endpointEncryption } from "../../../policy/rules/endpointEncryption";
import { declared } from "../declared";
import { configuration } from "../endpoints";
import { testRule } from "../ruleCases";

const key = declared("aws:kms/key:Key", "key");
const unknown = configuration({}, { kmsKeyArn: UNKNOWN });

testRule(endpointEncryption, [
  ["a key passes", configuration(), []],
  ["none fails", configuration({}, { kmsKeyArn: null }), ["fail kmsKeyArn"]],
  ["NVMe storage needs none", configuration({ instanceType: "ml.g5.xlarge" }, { kmsKeyArn: null }), []],
  ["serverless needs none", configuration({ serverlessConfig: { memorySizeInMb: 2048 } }, { kmsKeyArn: null }), []],
  ["unknown cannot be told", unknown, ["unknown kmsKeyArn"]],
  ["a key of this stack passes", [key, { ...unknown, propertyDependencies: { kmsKeyArn: [key.urn] } }], []],
  [
    "aws-native names it otherwise",
    declared("aws-native:sagemaker:EndpointConfig", "config", {
      productionVariants: [{ instanceType: "ml.m5.xlarge" }],
    }),
    ["fail kmsKeyId"],
  ],
]);
