import { deepEqual } from "node:assert/strict";
import { Delivery } from "../../contracts/delivery";
import { configured, problemsOf } from "./configProblems";

const DELIVERIES = `one or more of ${Object.values(Delivery).join(", ")}, each once`;

describe("problems of the stack configuration", () => {
  it("takes every key that it documents", () => {
    const images = {
      bucket: "their-photos",
      bucketAccountId: "999999999999",
      kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0a1b",
      transformation: { width: 128, channels: "rgb" },
      readers: { training: "arn:aws:iam::123456789012:role/training" },
      runtime: "nodejs22.x",
      reservedConcurrency: 5,
      retired: ["0123456789ab"],
      deriveConcurrency: 20,
      notifyBucket: true,
      noncurrentDays: 30,
      code: "dist/columns.zip",
      moduleOptions: '{"keep":["age"]}',
      sharedFunction: "arn:aws-cn:lambda:cn-north-1:123456789012:function:images-function-0a1b2c3",
      sharedRole: "images-role-0a1b2c3",
      vpc: {
        vpcId: "vpc-0a1b",
        subnetIds: ["subnet-1", "subnet-2"],
        securityGroupIds: ["sg-1"],
        routeTableIds: ["rtb-1"],
      },
      alarms: true,
      alarmTopics: ["arn:aws-cn:sns:cn-north-1:123456789012:oncall"],
      alarmThresholds: { errorPercent: 0.5, durationPercent: 90 },
      dashboard: true,
    };
    const fleet = {
      repository: "ours/forecast",
      digest: `sha256:${"0a".repeat(32)}`,
      bucket: "our-models",
      dataUri: "s3://our-data/2026/",
      kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0a1b",
      instanceType: "ml.g5.xlarge",
      processingInstanceType: "ml.m5.xlarge",
      volumeSizeGb: 100,
      spot: true,
      maxRuntimeSeconds: 1800,
      maxWaitSeconds: 7200,
      networkIsolation: true,
      schedule: "rate(1 day)",
      scheduleTimezone: "Europe/Berlin",
      expectedCustomers: 1000,
      retainVersions: 3,
      runRetentionDays: 30,
      modelOptions: '{"yearly":false}',
      alarms: true,
      alarmTopics: ["arn:aws:sns:us-east-1:123456789012:oncall"],
      savingsPlan: { term: "3yr", payment: "all-upfront" },
    };
    const endpoint = {
      digest: `sha256:${"0b".repeat(32)}`,
      instanceType: "ml.m6g.xlarge",
      minInstances: 2,
      maxInstances: 8,
      targetInvocations: 3000,
      scaleInCooldownSeconds: 600,
      scaleOutCooldownSeconds: 0,
      volumeSizeGb: 50,
      canaryPercent: 50,
      bakeSeconds: 600,
      cacheModels: true,
      modelMemoryMb: 2048,
      capturePercent: 10,
      captureUri: "s3://our-captures/forecasts/",
      kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0a1b",
      networkIsolation: false,
      alarms: true,
      alarmTopics: ["arn:aws:sns:us-east-1:123456789012:oncall"],
      alarmThresholds: { errorPercent: 0.5, latencyMs: 250, memoryPercent: 80 },
      cacheAlarmThresholds: { hitPercent: 90, loadingWaitMs: 500, thrashPercent: 20 },
      savingsPlan: { term: "1yr", payment: "partial-upfront", share: 0.5 },
    };
    deepEqual(problemsOf(configured({}, images, fleet, endpoint)), []);
  });

  it("names every missing key", () => {
    deepEqual(
      problemsOf({ images: {}, fleet: {}, endpoint: {}, classifier: {}, newcomers: {} }).map(
        (problem) => problem.split(";")[0],
      ),
      [
        "environment: nothing",
        "costCenter: nothing",
        "protect: nothing",
        "images.deliveries: nothing",
        "images.memorySize: nothing",
        "images.timeout: nothing",
        "images.logRetentionDays: nothing",
        "images.forceDestroy: nothing",
        "fleet.instanceCount: nothing",
        "fleet.logRetentionDays: nothing",
        "fleet.forceDestroy: nothing",
        "endpoint.instanceType: nothing",
        "endpoint.logRetentionDays: nothing",
        "endpoint.forceDestroy: nothing",
        "classifier.memorySize: nothing",
        "classifier.logRetentionDays: nothing",
        "classifier.forceDestroy: nothing",
        "newcomers.logRetentionDays: nothing",
        "newcomers.forceDestroy: nothing",
      ],
    );
  });

  it("says what a component that is missing, or no object, must have", () => {
    const missing = { images: undefined, fleet: "none", endpoint: [], classifier: 5, newcomers: undefined };
    deepEqual(problemsOf(configured(missing)), [
      "images: nothing; an object with at least deliveries, memorySize, timeout, logRetentionDays, forceDestroy",
      'fleet: "none"; an object with at least instanceCount, logRetentionDays, forceDestroy',
      "endpoint: []; an object with at least instanceType, logRetentionDays, forceDestroy",
      "classifier: 5; an object with at least memorySize, logRetentionDays, forceDestroy",
      "newcomers: nothing; an object with at least logRetentionDays, forceDestroy",
    ]);
  });

  it("names every wrong and unknown key at once, with what is allowed", () => {
    const given = configured(
      { environment: "Prod", costCenter: "", protect: "yes", region: "eu-central-1" },
      {
        bucket: "Their_Photos",
        bucketAccountId: "99",
        deliveries: ["ftp"],
        kmsKeyArn: "alias/photos",
        transformation: { width: 0, depth: 8 },
        readers: { training: "training" },
        memorySize: 64,
        timeout: "30",
        runtime: "python3.13",
        reservedConcurrency: -1,
        retired: ["v1"],
        deriveConcurrency: 1,
        notifyBucket: "yes",
        noncurrentDays: 0,
        code: "columns.ts",
        moduleOptions: "{",
        sharedRole: "role/images",
        vpc: { vpcId: "main", subnetIds: [], securityGroupIds: ["default"], routeTables: ["rtb-1"] },
        logRetentionDays: 8,
        alarms: "true",
        alarmTopics: ["oncall"],
        alarmThresholds: { errorPercent: 101, slowPercent: 5 },
        forceDestroy: null,
        memory: 512,
      },
    );
    const roots = "environment, costCenter, protect, images, fleet, endpoint, classifier, newcomers, savings";
    const images =
      "bucket, bucketAccountId, kmsKeyArn, deliveries, transformation, code, moduleOptions, readers, sharedFunction, sharedRole, vpc, memorySize, timeout, runtime, reservedConcurrency, retired, deriveConcurrency, notifyBucket, noncurrentDays, logRetentionDays, alarms, alarmTopics, alarmThresholds, dashboard, forceDestroy";
    const retentions =
      "0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
    deepEqual([...problemsOf(given)].sort(), [
      'costCenter: ""; 1 to 64 letters, digits, spaces and _ . : / = + - @',
      'environment: "Prod"; a name of 1 to 16 lower-case letters, digits and hyphens',
      "images.alarmThresholds.errorPercent: 101; a number from 0 to 100 (percent)",
      "images.alarmThresholds.slowPercent: 5; only errorPercent and durationPercent",
      'images.alarmTopics.0: "oncall"; an ARN of sns',
      'images.alarms: "true"; true or false',
      'images.bucket: "Their_Photos"; the name of a bucket',
      'images.bucketAccountId: "99"; an account id of 12 digits',
      'images.code: "columns.ts"; the path of an archive, ending in .zip',
      `images.deliveries.0: "ftp"; ${DELIVERIES}`,
      "images.deriveConcurrency: 1; an integer from 2 to 1000 executions",
      "images.forceDestroy: null; true or false",
      'images.kmsKeyArn: "alias/photos"; an ARN of kms',
      `images.logRetentionDays: 8; one of ${retentions} (days)`,
      `images.memory: 512; only the keys ${images}`,
      "images.memorySize: 64; an integer from 128 to 10240 MB",
      'images.moduleOptions: "{"; JSON of at most 2048 characters',
      "images.noncurrentDays: 0; an integer from 1 to 3650 days",
      'images.notifyBucket: "yes"; true or false',
      'images.readers.training: "training"; an ARN of iam',
      "images.reservedConcurrency: -1; an integer from 0 to 10000 executions",
      'images.retired.0: "v1"; a hash of 12 hexadecimal digits',
      'images.runtime: "python3.13"; one of nodejs24.x, nodejs22.x',
      'images.sharedRole: "role/images"; the name of a role, without a path',
      'images.timeout: "30"; an integer from 2 to 60 seconds',
      "images.transformation.depth: 8; one of the options width, height, fit, channels, format, quality, orientation, icc, background, onBadImage",
      "images.transformation.width: 0; an integer from 1 to 4096 (pixels)",
      'images.vpc.routeTables: ["rtb-1"]; only vpcId, subnetIds, securityGroupIds and routeTableIds',
      'images.vpc.securityGroupIds.0: "default"; the id of a security group, sg-…',
      "images.vpc.subnetIds: []; one id of a subnet or more",
      'images.vpc.vpcId: "main"; the id of a VPC, vpc-…',
      'protect: "yes"; true or false',
      `region: "eu-central-1"; only the keys ${roots}`,
    ]);
  });

  it("asks for what a function is made with, unless another access point's answers", () => {
    const sharedFunction = "arn:aws:lambda:us-east-1:123456789012:function:images-function-0a1b2c3";
    const without = { memorySize: undefined, timeout: undefined, logRetentionDays: undefined };
    const sharing = { ...without, deliveries: ["object-lambda"], sharedRole: "images-role-0a1b2c3" };
    deepEqual(problemsOf(configured({}, { ...sharing, sharedFunction })), []);
    const missing = ["memorySize", "timeout", "logRetentionDays"].map((key) => `images.${key}: nothing`);
    const named = (images: object) => problemsOf(configured({}, images)).map((problem) => problem.split(";")[0]);
    deepEqual(named(sharing), missing);
    deepEqual(named({ ...sharing, sharedFunction, memorySize: 1, retired: "all" }), [
      "images.memorySize: 1",
      'images.retired: "all"',
    ]);
    deepEqual(problemsOf(configured({}, { sharedFunction: "images-function" })), [
      'images.sharedFunction: "images-function"; the ARN of a function',
    ]);
  });

  it("says what a reader may be called, and that deliveries are a set", () => {
    const role = "arn:aws:iam::123456789012:role/a";
    deepEqual(problemsOf(configured({}, { readers: { Training: role } })), [
      'images.readers: "Training"; a name of 1 to 32 lower-case letters, digits and hyphens',
    ]);
    deepEqual(problemsOf(configured({}, { deliveries: [] })), [`images.deliveries: []; ${DELIVERIES}`]);
    const twice = ["function-url", "function-url"];
    deepEqual(problemsOf(configured({}, { deliveries: twice })), [
      `images.deliveries: ${JSON.stringify(twice)}; ${DELIVERIES}`,
    ]);
  });

  it("prints no secret", () => {
    const problems = problemsOf(configured({ costCenter: "hush!", password: "hush!" }, { memorySize: "hush!" }), [
      "costCenter",
      "images",
      "password",
    ]);
    deepEqual(
      problems.map((problem) => problem.split(";")[0]),
      ["costCenter: [secret]", "images.memorySize: [secret]", "password: [secret]"],
    );
  });
});
