import { deepEqual, equal } from "node:assert/strict";
import { properties, serverless } from "./optionProblems";

describe("ServerlessEndpoint arguments", () => {
  it("take memory in steps, and concurrency up to 200", () => {
    for (const memoryMb of [1024, 2048, 3072, 4096, 5120, 6144]) deepEqual(serverless({ memoryMb }), []);
    for (const memoryMb of [0, 512, 1536, 7168, Number.NaN]) {
      deepEqual(serverless({ memoryMb }), [`memoryMb: given ${memoryMb}; allowed: 1024 to 6144 MB in steps of 1024`]);
    }
    for (const maxConcurrency of [1, 200]) deepEqual(serverless({ maxConcurrency }), []);
    for (const maxConcurrency of [0, 201, 1.5])
      deepEqual(properties(serverless({ maxConcurrency })), ["maxConcurrency"]);
  });

  it("keep ready at most what may be answered at the same time", () => {
    deepEqual(serverless({ provisionedConcurrency: 20 }), []);
    deepEqual(serverless({ provisionedConcurrency: 21 }), [
      "provisionedConcurrency: given 21; allowed: an integer from 1 to 20 invocations, at most maxConcurrency",
    ]);
    deepEqual(serverless({ provisionedConcurrency: 5, maxProvisionedConcurrency: 20 }), []);
    for (const maxProvisionedConcurrency of [4, 21]) {
      deepEqual(properties(serverless({ provisionedConcurrency: 5, maxProvisionedConcurrency })), [
        "maxProvisionedConcurrency",
      ]);
    }
    deepEqual(properties(serverless({ maxProvisionedConcurrency: 5 })), ["maxProvisionedConcurrency"]);
    deepEqual(properties(serverless({ targetUtilizationPercent: 5 })), ["targetUtilizationPercent"]);
  });

  it("refuse with a reason, all at once, what SageMaker does not take without instances", () => {
    const others = {
      vpc: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
      networkIsolation: true,
      captureUri: "s3://our-captures/",
      variants: [],
      shadow: {},
      containers: [],
      instanceType: "ml.g5.xlarge",
      minInstances: 1,
      savingsPlan: { term: "1yr", payment: "no-upfront" },
    };
    const problems = serverless({ ...others, memoryMb: 1 });
    deepEqual(properties(problems), [
      "vpc",
      "networkIsolation",
      "captureUri",
      "variants",
      "shadow",
      "containers",
      "instanceType",
      "minInstances",
      "savingsPlan",
      "memoryMb",
    ]);
    equal(
      problems[6],
      "instanceType: given an argument of other options; allowed: nothing: serverless endpoints have no instances, and no GPU: memoryMb decides",
    );
  });
});
