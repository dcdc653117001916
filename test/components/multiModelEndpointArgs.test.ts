import { deepEqual, rejects } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { MultiModelEndpointArgs } from "../../components";
import { checkMultiModelEndpointArgs } from "../../components/checkedMultiModelEndpointArgs";
import { MODELS } from "./endpointVariants";
import { endpointTags } from "./expectedEndpoint";
import { IMAGE } from "./fleetVariants";
import { settled } from "./recordedProgram";

const NEEDED = { image: IMAGE, modelDataUrl: MODELS };

/** Problems of arguments as `property: given …; allowed: …`, in the order reported; empty when they are accepted. */
function problemsOf(args: Partial<MultiModelEndpointArgs>, name = "forecasts"): readonly string[] {
  try {
    checkMultiModelEndpointArgs(name, { ...NEEDED, ...args });
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}

/** Properties that are refused. */
function refused(args: Partial<MultiModelEndpointArgs>): readonly string[] {
  return problemsOf(args).map((problem) => problem.split(":")[0] ?? "");
}

describe("MultiModelEndpoint arguments", () => {
  it("default to what their descriptions say", () => {
    const name = "forecasts";
    deepEqual(checkMultiModelEndpointArgs(name, NEEDED), {
      ...NEEDED,
      cacheModels: true,
      cacheAlarmThresholds: { hitPercent: 50, loadingWaitMs: 2000, thrashPercent: 50 },
      environment: {},
      endpoint: {
        endpointName: `${pulumi.getProject()}-${pulumi.getStack()}-${name}`,
        instanceType: "ml.c7g.large",
        minInstances: 1,
        maxInstances: 4,
        targetInvocations: 6000,
        scaleInCooldownSeconds: 300,
        scaleOutCooldownSeconds: 60,
        volumeSizeGb: 30,
        canaryPercent: 25,
        bakeSeconds: 300,
        alarmThresholds: { errorPercent: 1, latencyMs: 1000, memoryPercent: 90 },
        capture: undefined,
        kmsKeyArn: undefined,
        vpc: undefined,
        networkIsolation: true,
        logRetentionDays: 30,
        savingsPlan: undefined,
        tags: endpointTags(name),
      },
    });
  });

  it("are refused with every problem at once: which, what was given, what is allowed", () => {
    const problems = problemsOf(
      {
        image: "forecast:latest",
        modelDataUrl: "s3://our-models/models",
        instanceType: "ml.g5.xlarge",
        minInstances: 0,
        maxInstances: 101,
        targetInvocations: 0,
        scaleInCooldownSeconds: -1,
        scaleOutCooldownSeconds: 86_401,
        volumeSizeGb: 513,
        canaryPercent: 51,
        bakeSeconds: 3601,
        modelMemoryMb: 63,
        modelModule: "m".repeat(257),
        environment: { "our-name": "1", SAGEMAKER_MULTI_MODEL: "true" },
        alarmTopics: ["arn:aws:sns:us-east-1:1:oncall"],
        alarmThresholds: { errorPercent: 0, latencyMs: 0, memoryPercent: 101 },
        cacheAlarmThresholds: { hitPercent: 101, loadingWaitMs: 0, thrashPercent: 0 },
        captureUri: "s3://our-captures",
        capturePercent: 101,
        kmsKeyArn: "alias/models",
        vpc: { subnetIds: [], securityGroupIds: ["1", "2", "3", "4", "5", "6"] },
        logRetentionDays: 8,
        savingsPlan: { term: "2yr", payment: "monthly", share: 1.5 },
        costAllocation: { costCenter: "€" },
        tags: { "aws:team": "energy" },
      },
      "Forecasts",
    ).map((problem) => problem.replace(/; allowed: (.{40}).*/, "; allowed: $1…"));
    deepEqual([...problems].sort(), [
      "alarmThresholds.errorPercent: given 0; allowed: a number above 0 and at most 100 (percen…",
      "alarmThresholds.latencyMs: given 0; allowed: a number above 0 (milliseconds)",
      "alarmThresholds.memoryPercent: given 101; allowed: a number above 0 and at most 100 (percen…",
      "alarmThresholds: given without alarms; allowed: only together with alarms: true",
      "alarmTopics: given without alarms; allowed: only together with alarms: true",
      "bakeSeconds: given 3601; allowed: an integer from 0 to 3600 seconds",
      "cacheAlarmThresholds.hitPercent: given 101; allowed: a number above 0 and at most 100 (percen…",
      "cacheAlarmThresholds.loadingWaitMs: given 0; allowed: a number above 0 (milliseconds)",
      "cacheAlarmThresholds.thrashPercent: given 0; allowed: a number above 0 and at most 100 (percen…",
      "cacheAlarmThresholds: given without alarms; allowed: only together with alarms: true",
      "canaryPercent: given 51; allowed: an integer from 1 to 50 percent",
      "canaryPercent: given with one instance; allowed: only with minInstances of 2 or more: Sag…",
      "capturePercent: given 101; allowed: an integer from 1 to 100 percent",
      'captureUri: given "s3://our-captures"; allowed: an s3:// address without * ? $ that ends…',
      'costAllocation.costCenter: given "€"; allowed: at most 256 letters, digits, spaces and …',
      'environment: given ["our-name","SAGEMAKER_MULTI_MODEL"]; allowed: at most 16 variables, with names of at m…',
      'image: given "forecast:latest"; allowed: an image in ECR pinned by digest, <accou…',
      'instanceType: given "ml.g5.xlarge"; allowed: an instance type ml.<family>.<size> that…',
      'kmsKeyArn: given "alias/models"; allowed: the ARN of a KMS key, not of an alias: a…',
      "logRetentionDays: given 8; allowed: one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 12…",
      "maxInstances: given 101; allowed: an integer from 1 to 100 instances, at l…",
      "minInstances: given 0; allowed: an integer from 1 to 100 instances",
      'modelDataUrl: given "s3://our-models/models"; allowed: an s3:// address without * ? $ that ends…',
      "modelMemoryMb: given 63; allowed: an integer from 64 to 1048576 MB",
      `modelModule: given "${"m".repeat(76)}…; allowed: 1 to 256 characters`,
      'name: given "Forecasts"; allowed: lower-case letters, digits and hyphens, …',
      'savingsPlan.payment: given "monthly"; allowed: one of no-upfront, partial-upfront, all-…',
      "savingsPlan.share: given 1.5; allowed: a number above 0 and at most 1",
      'savingsPlan.term: given "2yr"; allowed: one of 1yr, 3yr',
      "scaleInCooldownSeconds: given -1; allowed: an integer from 0 to 86400 seconds",
      "scaleOutCooldownSeconds: given 86401; allowed: an integer from 0 to 86400 seconds",
      'tags.aws:team: given "aws:team"; allowed: a key that is neither reserved (aws:) no…',
      "targetInvocations: given 0; allowed: an integer from 1 to 1000000 invocations…",
      "volumeSizeGb: given 513; allowed: an integer from 1 to 512 GB",
      'vpc.securityGroupIds: given ["1","2","3","4","5","6"]; allowed: 1 to 5 ids',
      "vpc.subnetIds: given []; allowed: 1 to 16 ids",
    ]);
  });

  it("take instances without accelerators, best Graviton, and refuse those with", () => {
    for (const instanceType of ["ml.c7g.large", "ml.m7g.xlarge", "ml.r8g.large", "ml.x2gd.large", "ml.c7i.large"]) {
      deepEqual(problemsOf({ instanceType }), [], instanceType);
    }
    const accelerated = [
      "ml.g5.xlarge",
      "ml.p4d.24xlarge",
      "ml.inf2.xlarge",
      "ml.trn1.2xlarge",
      "ml.gr6.4xlarge",
      "ml.f1.2xlarge",
      "ml.dl1.24xlarge",
      "ml.vt1.3xlarge",
    ];
    for (const instanceType of [...accelerated, "c7g.large", "ml.c7g"]) {
      deepEqual(problemsOf({ instanceType }), [
        `instanceType: given ${JSON.stringify(instanceType)}; allowed: an instance type ml.<family>.<size> that is not accelerated, best Graviton: accelerators are for training`,
      ]);
    }
  });

  it("refuse what means nothing beside the rest", () => {
    const scaling = { targetInvocations: 100, scaleInCooldownSeconds: 1, scaleOutCooldownSeconds: 1 };
    deepEqual(refused(scaling), []);
    deepEqual(refused({ ...scaling, maxInstances: 1 }), Object.keys(scaling));
    deepEqual(refused({ canaryPercent: 25 }), ["canaryPercent"]);
    deepEqual(refused({ canaryPercent: 25, minInstances: 2 }), []);
    deepEqual(refused({ capturePercent: 10 }), ["capturePercent"]);
    deepEqual(refused({ capturePercent: 10, captureUri: "s3://our-captures/" }), []);
    const alarms = { alarmTopics: [], alarmThresholds: {}, cacheAlarmThresholds: {} };
    deepEqual([...refused(alarms)].sort(), ["alarmThresholds", "alarmTopics", "cacheAlarmThresholds"]);
    deepEqual(refused({ ...alarms, alarms: true }), []);
    const cached = { alarms: true, cacheAlarmThresholds: { hitPercent: 90, loadingWaitMs: 9, thrashPercent: 10 } };
    deepEqual(refused(cached), []);
    deepEqual(refused({ ...cached, cacheModels: false }), [
      "cacheAlarmThresholds.hitPercent",
      "cacheAlarmThresholds.thrashPercent",
    ]);
    deepEqual(refused({ instanceType: "ml.t2.medium" }), ["instanceType"]);
    deepEqual(refused({ instanceType: "ml.t2.medium", maxInstances: 1 }), []);
    deepEqual(problemsOf({ minInstances: 5, maxInstances: 4 }), [
      "maxInstances: given 4; allowed: an integer from 5 to 100 instances, at least minInstances",
    ]);
  });

  it("raise the default of the upper bound with the lower one", () => {
    const { endpoint } = checkMultiModelEndpointArgs("forecasts", { ...NEEDED, minInstances: 9 });
    deepEqual([endpoint.minInstances, endpoint.maxInstances], [9, 9]);
  });

  it("take a name as long as SageMaker takes the configuration's, with what Pulumi generates", () => {
    const longest = 63 - "-config-0123456".length;
    deepEqual(problemsOf({}, "n".repeat(longest)), []);
    deepEqual(
      problemsOf({}, "n".repeat(longest + 1)).map((problem) => problem.split(":")[0]),
      ["name"],
    );
  });

  it("refuse empty texts, which would become empty properties", () => {
    deepEqual(
      problemsOf({ kmsKeyArn: "", captureUri: "" }).map((problem) => problem.split(":")[0]),
      ["kmsKeyArn", "captureUri"],
    );
  });

  it("are checked when they arrive, where they are only known later", async () => {
    const late = checkMultiModelEndpointArgs("forecasts", {
      image: pulumi.output("forecast:latest"),
      modelDataUrl: Promise.resolve("s3://our-models/*/"),
      alarms: true,
      alarmThresholds: { latencyMs: pulumi.output(-1) },
      cacheAlarmThresholds: { hitPercent: pulumi.output(101) },
      captureUri: pulumi.output("s3://our-captures"),
      kmsKeyArn: pulumi.output("alias/models"),
      logRetentionDays: pulumi.output(8),
    });
    const { endpoint } = late;
    await rejects(settled(pulumi.output(late.image)), /image: given "forecast:latest"/);
    await rejects(settled(pulumi.output(late.modelDataUrl)), /modelDataUrl: given "s3:\/\/our-models\/\*\/"/);
    await rejects(settled(pulumi.output(endpoint.alarmThresholds.latencyMs)), /latencyMs: given -1/);
    await rejects(settled(pulumi.output(late.cacheAlarmThresholds.hitPercent)), /hitPercent: given 101/);
    await rejects(settled(pulumi.output(endpoint.capture?.uri)), /captureUri: given/);
    await rejects(settled(pulumi.output(endpoint.kmsKeyArn)), /kmsKeyArn: given "alias\/models"/);
    await rejects(settled(pulumi.output(endpoint.logRetentionDays)), /logRetentionDays: given 8/);
  });
});
