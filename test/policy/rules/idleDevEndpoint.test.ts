import { UNKNOWN } from "../../../contracts/graph";
import { idleDevEndpoint } from "../../../policy/rules/idleDevEndpoint";
import { declared } from "../declared";
import { configuration, endpoint, scalingTarget } from "../endpoints";
import { testRule } from "../ruleCases";

const path = "endpointConfigName";
const dev = { tags: { "frugal-ml:environment": "Dev" } };
const one = configuration();
const serverless = configuration({ instanceType: null, serverlessConfig: { memorySizeInMb: 2048 } });
const toZero = configuration({ managedInstanceScaling: { status: "ENABLED", minInstanceCount: 0 } });
const provider = declared("pulumi:providers:aws", "p", { defaultTags: '{"tags":{"frugal-ml:environment":"dev"}}' });

testRule(idleDevEndpoint, [
  ["production passes", [one, endpoint(one, { tags: { "frugal-ml:environment": "prod" } })], []],
  ["no environment passes", [one, endpoint(one)], []],
  ["development on instances fails", [one, endpoint(one, dev)], [`fail ${path}`]],
  ["a provider's default tags count", [provider, one, { ...endpoint(one), provider: provider.urn }], [`fail ${path}`]],
  ["serverless passes", [serverless, endpoint(serverless, dev)], []],
  ["to zero by itself passes", [toZero, endpoint(toZero, dev)], []],
  ["to zero by a target passes", [one, endpoint(one, dev), scalingTarget({ minCapacity: 0 })], []],
  ["an unknown environment cannot be told", [one, endpoint(one, { tags: UNKNOWN })], [`unknown ${path}`]],
  [
    "another name of development fails",
    [one, endpoint(one, { tags: { stage: "lab" } })],
    [`fail ${path}`],
    { environmentTag: "stage", environments: ["lab"] },
  ],
]);
