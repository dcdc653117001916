import { deepEqual } from "node:assert/strict";
import { configured, problemsOf } from "./configProblems";

describe("stack configuration of the endpoint", () => {
  it("names every wrong and unknown key of the endpoint at once", () => {
    const given = configured(
      {},
      {},
      {},
      {
        digest: "latest",
        instanceType: "c7g.large",
        minInstances: 0,
        maxInstances: 101,
        targetInvocations: 0,
        scaleInCooldownSeconds: -1,
        scaleOutCooldownSeconds: "1 min",
        volumeSizeGb: 513,
        canaryPercent: 51,
        bakeSeconds: 3601,
        cacheModels: "yes",
        modelMemoryMb: 63,
        capturePercent: 0,
        captureUri: "s3://our-captures/forecasts",
        kmsKeyArn: "alias/models",
        networkIsolation: 1,
        logRetentionDays: 8,
        alarms: "true",
        alarmTopics: ["oncall"],
        alarmThresholds: { errorPercent: 0, latencyMs: "1 s", memoryPercent: -1, cpuPercent: 5 },
        cacheAlarmThresholds: { hitPercent: 0, loadingWaitMs: "1 s", thrashPercent: -1, missPercent: 5 },
        savingsPlan: { term: "2yr", payment: "monthly", share: 1.5, hours: 1 },
        forceDestroy: null,
        accelerator: "eia2",
      },
    );
    const retentions =
      "0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
    const keys =
      "digest, instanceType, minInstances, maxInstances, targetInvocations, scaleInCooldownSeconds, scaleOutCooldownSeconds, volumeSizeGb, canaryPercent, bakeSeconds, cacheModels, modelMemoryMb, capturePercent, captureUri, kmsKeyArn, networkIsolation, logRetentionDays, alarms, alarmTopics, alarmThresholds, cacheAlarmThresholds, savingsPlan, forceDestroy";
    deepEqual([...problemsOf(given)].sort(), [
      `endpoint.accelerator: "eia2"; only the keys ${keys}`,
      "endpoint.alarmThresholds.cpuPercent: 5; only errorPercent, latencyMs and memoryPercent",
      "endpoint.alarmThresholds.errorPercent: 0; a number above 0 (percent)",
      'endpoint.alarmThresholds.latencyMs: "1 s"; a number above 0 (milliseconds)',
      "endpoint.alarmThresholds.memoryPercent: -1; a number above 0 (percent)",
      'endpoint.alarmTopics.0: "oncall"; an ARN of sns',
      'endpoint.alarms: "true"; true or false',
      "endpoint.bakeSeconds: 3601; an integer from 0 to 3600 seconds",
      "endpoint.cacheAlarmThresholds.hitPercent: 0; a number above 0 (percent)",
      'endpoint.cacheAlarmThresholds.loadingWaitMs: "1 s"; a number above 0 (milliseconds)',
      "endpoint.cacheAlarmThresholds.missPercent: 5; only hitPercent, loadingWaitMs and thrashPercent",
      "endpoint.cacheAlarmThresholds.thrashPercent: -1; a number above 0 (percent)",
      'endpoint.cacheModels: "yes"; true or false',
      "endpoint.canaryPercent: 51; an integer from 1 to 50 percent",
      "endpoint.capturePercent: 0; an integer from 1 to 100 percent",
      'endpoint.captureUri: "s3://our-captures/forecasts"; an s3:// address that ends with /',
      'endpoint.digest: "latest"; sha256: and 64 hexadecimal digits',
      "endpoint.forceDestroy: null; true or false",
      'endpoint.instanceType: "c7g.large"; an instance type ml.<family>.<size>',
      'endpoint.kmsKeyArn: "alias/models"; an ARN of kms',
      `endpoint.logRetentionDays: 8; one of ${retentions} (days)`,
      "endpoint.maxInstances: 101; an integer from 1 to 100 instances",
      "endpoint.minInstances: 0; an integer from 1 to 100 instances",
      "endpoint.modelMemoryMb: 63; an integer from 64 to 1048576 MB",
      "endpoint.networkIsolation: 1; true or false",
      "endpoint.savingsPlan.hours: 1; only term, payment and optionally share",
      'endpoint.savingsPlan.payment: "monthly"; one of no-upfront, partial-upfront, all-upfront',
      "endpoint.savingsPlan.share: 1.5; a number above 0 and at most 1",
      'endpoint.savingsPlan.term: "2yr"; one of 1yr, 3yr',
      "endpoint.scaleInCooldownSeconds: -1; an integer from 0 to 86400 seconds",
      'endpoint.scaleOutCooldownSeconds: "1 min"; an integer from 0 to 86400 seconds',
      "endpoint.targetInvocations: 0; an integer from 1 to 1000000 invocations a minute",
      "endpoint.volumeSizeGb: 513; an integer from 1 to 512 GB",
    ]);
  });

  it("says what a Savings Plan is, and what thresholds are, that are no objects", () => {
    const given = configured({}, {}, {}, { savingsPlan: "1yr", alarmThresholds: 1, cacheAlarmThresholds: [] });
    deepEqual(problemsOf(given), [
      "endpoint.alarmThresholds: 1; only errorPercent, latencyMs and memoryPercent",
      "endpoint.cacheAlarmThresholds: []; only hitPercent, loadingWaitMs and thrashPercent",
      'endpoint.savingsPlan: "1yr"; only term, payment and optionally share',
    ]);
  });
});
