import { deepEqual, match } from "node:assert/strict";
import { batch, properties } from "./optionProblems";

describe("BatchTransform arguments", () => {
  it("refuse Graviton, accelerators and what endpoints have", () => {
    for (const instanceType of ["ml.c7g.large", "ml.m6gd.large", "ml.g5.xlarge", "c5.xlarge"]) {
      match(batch({ instanceType })[0] ?? "", /^instanceType: .*SageMaker has Graviton for hosting only/);
    }
    deepEqual(batch({ instanceType: "ml.c7i.xlarge" }), []);
    deepEqual(properties(batch({ variants: [], shadow: {}, containers: [], minInstances: 1, cacheModels: true })), [
      "variants",
      "shadow",
      "containers",
      "minInstances",
      "cacheModels",
    ]);
  });

  it("take no more than 100 MB of payloads at the same time", () => {
    deepEqual(batch({ maxPayloadMb: 100 }), []);
    deepEqual(batch({ maxPayloadMb: 25, maxConcurrentTransforms: 4 }), []);
    deepEqual(batch({ maxPayloadMb: 0, maxConcurrentTransforms: 100 }), []);
    deepEqual(batch({ maxPayloadMb: 26, maxConcurrentTransforms: 4 }), [
      "maxConcurrentTransforms: given 4 × 26 MB; allowed: at most 100 MB with maxPayloadMb at the same time",
    ]);
    deepEqual(properties(batch({ maxPayloadMb: 101 })), ["maxPayloadMb"]);
    deepEqual(properties(batch({ invocationTimeoutSeconds: 3601, invocationRetries: 4, instanceCount: 0 })), [
      "invocationTimeoutSeconds",
      "invocationRetries",
      "instanceCount",
    ]);
  });

  it("put together only what was split, and join only records that can be", () => {
    deepEqual(batch({ splitType: "Line", assembleWith: "Line", batchStrategy: "SingleRecord", joinInput: true }), []);
    deepEqual(batch({ splitType: "RecordIO", assembleWith: "None", batchStrategy: "MultiRecord" }), []);
    deepEqual(batch({ contentType: "application/json", joinInput: true }), []);
    deepEqual(properties(batch({ batchStrategy: "MultiRecord" })), ["batchStrategy"]);
    deepEqual(properties(batch({ assembleWith: "Line" })), ["assembleWith"]);
    deepEqual(properties(batch({ joinInput: true })), ["joinInput"]);
    deepEqual(batch({ splitType: "Word" }), [
      'splitType: given "Word"; allowed: one of None, Line, RecordIO, TFRecord',
    ]);
    deepEqual(properties(batch({ inputFilter: "[1:]", outputFilter: `$${"x".repeat(63)}` })), [
      "inputFilter",
      "outputFilter",
    ]);
  });

  it("check name, schedule and what needs another", () => {
    deepEqual(properties(batch({}, "n".repeat(33))), ["name"]);
    deepEqual(properties(batch({ schedule: "daily" })), ["schedule"]);
    deepEqual(properties(batch({ schedule: "", kmsKeyArn: "", modelDataUrl: "" })), [
      "modelDataUrl",
      "schedule",
      "kmsKeyArn",
    ]);
    deepEqual(properties(batch({ scheduleTimezone: "UTC", alarmTopics: [] })), ["scheduleTimezone", "alarmTopics"]);
    deepEqual(batch({ schedule: "rate(1 day)", scheduleTimezone: "UTC", alarms: true, alarmTopics: [] }), []);
  });
});
