import { UNKNOWN } from "../../../contracts/graph";
import { endpointScaling } from "../../../policy/rules/endpointScaling";
import { declared } from "../declared";
import { configuration, endpoint, scalingTarget } from "../endpoints";
import { testRule } from "../ruleCases";

const path = "endpointConfigName";
const one = configuration();
const four = configuration({ initialInstanceCount: 4 });
const unknown = configuration({ initialInstanceCount: UNKNOWN });
const serverless = configuration({
  instanceType: null,
  initialInstanceCount: null,
  serverlessConfig: { memorySizeInMb: 2048 },
});
const scalesItself = configuration({ initialInstanceCount: 4, managedInstanceScaling: { status: "ENABLED" } });
const async = configuration({}, { asyncInferenceConfig: { outputConfig: { s3OutputPath: "s3://shop/answers" } } });
const unnamed = endpoint(four, { name: null });
const depending = { ...scalingTarget({ resourceId: UNKNOWN }), propertyDependencies: { resourceId: [unnamed.urn] } };

testRule(endpointScaling, [
  ["one instance passes", [one, endpoint(one)], []],
  ["four without scaling fail", [four, endpoint(four)], [`fail ${path}`]],
  ["four with a target by name pass", [four, endpoint(four), scalingTarget()], []],
  ["four with a target by dependency pass", [four, unnamed, depending], []],
  [
    "another endpoint's target does not count",
    [four, endpoint(four), scalingTarget({ resourceId: "endpoint/shop2/variant/all" })],
    [`fail ${path}`],
  ],
  ["four that scale themselves pass", [scalesItself, endpoint(scalesItself)], []],
  ["four pass where that is allowed", [four, endpoint(four)], [], { maxFixedInstances: 4 }],
  ["an unknown number cannot be told", [unknown, endpoint(unknown)], [`unknown ${path}`]],
  ["serverless passes", [serverless, endpoint(serverless)], []],
  ["a configuration from elsewhere cannot be told", endpoint(one), [`unknown ${path}`]],
  ["asynchronous to zero passes", [async, endpoint(async), scalingTarget({ minCapacity: 0 })], []],
  ["asynchronous without a target fails", [async, endpoint(async)], [`fail ${path}`]],
  ["asynchronous to one fails", [async, endpoint(async), scalingTarget()], [`fail ${path}`]],
  [
    "asynchronous to an unknown number cannot be told",
    [async, endpoint(async), scalingTarget({ minCapacity: UNKNOWN })],
    [`unknown ${path}`],
  ],
  [
    "aws-native is looked at too",
    declared("aws-native:sagemaker:Endpoint", "e", { endpointConfigName: "x" }),
    [`unknown ${path}`],
  ],
]);
