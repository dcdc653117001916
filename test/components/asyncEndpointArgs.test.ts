import { deepEqual, rejects } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkAsyncEndpointArgs } from "../../components/checkedAsyncEndpointArgs";
import { IMAGE } from "./fleetVariants";
import { FOLDERS, later, properties } from "./optionProblems";
import { settled } from "./recordedProgram";

describe("AsyncEndpoint arguments", () => {
  it("go down to no instance, and refuse what AWS has for answers at once alone", () => {
    deepEqual(later(), []);
    deepEqual(later({ minInstances: 0, maxInstances: 1 }), []);
    deepEqual(properties(later({ minInstances: -1 })), ["minInstances"]);
    deepEqual(properties(later({ maxInstances: 0 })), ["maxInstances"]);
    deepEqual(
      properties(
        later({
          variants: [],
          shadow: {},
          cacheModels: true,
          captureUri: "s3://our-captures/",
          targetInvocations: 100,
          savingsPlan: { term: "1yr", payment: "no-upfront" },
          instanceType: "ml.g5.xlarge",
        }),
      ),
      ["variants", "shadow", "cacheModels", "captureUri", "targetInvocations", "savingsPlan", "instanceType"],
    );
  });

  it("check folders, topics, bounds and what needs another", () => {
    deepEqual(
      properties(
        later({
          inputUri: "s3://our-audio/in",
          outputUri: "our-audio/out/",
          failureUri: "s3://our-audio/*/",
          successTopic: "answers",
          errorTopic: "arn:aws:sns:us-east-1:123456789012:failures.fifo",
          targetBacklog: 0,
          maxConcurrentInvocations: 1001,
          oldestRequestSeconds: 1,
        }),
      ),
      [
        "oldestRequestSeconds",
        "inputUri",
        "outputUri",
        "failureUri",
        "successTopic",
        "errorTopic",
        "targetBacklog",
        "maxConcurrentInvocations",
        "oldestRequestSeconds",
      ],
    );
    deepEqual(properties(later({ failureUri: "", successTopic: "", errorTopic: "" })), [
      "failureUri",
      "successTopic",
      "errorTopic",
    ]);
    deepEqual(properties(later({ includeResponse: true })), ["includeResponse"]);
    deepEqual(later({ includeResponse: true, errorTopic: "arn:aws:sns:us-east-1:123456789012:failures" }), []);
    deepEqual(properties(later({ minInstances: 2, maxInstances: 2, targetBacklog: 5 })), ["targetBacklog"]);
  });

  it("are checked when they arrive, where they are only known later", async () => {
    const late = checkAsyncEndpointArgs("later", {
      image: IMAGE,
      ...FOLDERS,
      inputUri: pulumi.output("s3://our-audio/in"),
      successTopic: pulumi.output("answers"),
    });
    await rejects(settled(pulumi.output(late.inputUri)), /inputUri: given "s3:\/\/our-audio\/in"/);
    await rejects(settled(pulumi.output(late.successTopic)), /successTopic: given "answers"/);
  });
});
