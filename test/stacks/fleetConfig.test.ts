import { deepEqual } from "node:assert/strict";
import { configured, problemsOf } from "./configProblems";

describe("stack configuration of the fleet", () => {
  it("names every wrong and unknown key of the fleet at once", () => {
    const given = configured(
      {},
      {},
      {
        repository: "Forecast",
        digest: "latest",
        bucket: "Our_Models",
        dataUri: "s3://our-data/2026",
        kmsKeyArn: "alias/models",
        instanceType: "c5.xlarge",
        instanceCount: 0,
        volumeSizeGb: 0,
        spot: "yes",
        maxRuntimeSeconds: 59,
        maxWaitSeconds: "1 h",
        schedule: "daily",
        scheduleTimezone: "",
        expectedCustomers: -1,
        retainVersions: 0,
        runRetentionDays: 366,
        modelOptions: "[]",
        logRetentionDays: 8,
        alarmTopics: ["oncall"],
        savingsPlan: { term: "2yr", payment: "no-upfront", hours: 1 },
        gpus: 4,
      },
    );
    const retentions =
      "0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
    const keys =
      "repository, digest, bucket, dataUri, kmsKeyArn, instanceType, instanceCount, processingInstanceType, volumeSizeGb, spot, maxRuntimeSeconds, maxWaitSeconds, networkIsolation, schedule, scheduleTimezone, expectedCustomers, retainVersions, runRetentionDays, modelOptions, logRetentionDays, alarms, alarmTopics, savingsPlan, forceDestroy";
    deepEqual([...problemsOf(given)].sort(), [
      'fleet.alarmTopics.0: "oncall"; an ARN of sns',
      'fleet.bucket: "Our_Models"; the name of a bucket',
      'fleet.dataUri: "s3://our-data/2026"; an s3:// address that ends with /',
      'fleet.digest: "latest"; sha256: and 64 hexadecimal digits',
      "fleet.expectedCustomers: -1; an integer from 1 to 9007199254740991 customers",
      `fleet.gpus: 4; only the keys ${keys}`,
      "fleet.instanceCount: 0; an integer from 1 to 100 instances",
      'fleet.instanceType: "c5.xlarge"; an instance type ml.<family>.<size>',
      'fleet.kmsKeyArn: "alias/models"; an ARN of kms',
      `fleet.logRetentionDays: 8; one of ${retentions} (days)`,
      "fleet.maxRuntimeSeconds: 59; an integer from 60 to 432000 seconds",
      'fleet.maxWaitSeconds: "1 h"; an integer from 60 to 864000 seconds',
      'fleet.modelOptions: "[]"; a JSON object as text',
      'fleet.repository: "Forecast"; the name of a repository',
      "fleet.retainVersions: 0; an integer from 1 to 1000 versions",
      "fleet.runRetentionDays: 366; an integer from 1 to 365 days",
      "fleet.savingsPlan.hours: 1; only term, payment and optionally share",
      'fleet.savingsPlan.term: "2yr"; one of 1yr, 3yr',
      'fleet.schedule: "daily"; cron(…) or rate(…)',
      'fleet.scheduleTimezone: ""; the name of a time zone',
      'fleet.spot: "yes"; true or false',
      "fleet.volumeSizeGb: 0; an integer from 1 to 16384 GB",
    ]);
  });
});
