import { deepEqual, equal, rejects } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { TrainingFleetArgs } from "../../components";
import { checkTrainingFleetArgs } from "../../components/checkedFleetArgs";
import { hasLocalStorage, isGraviton } from "../../components/instanceTypes";
import { SUBJECT } from "./fleetSubject";
import { IMAGE } from "./fleetVariants";
import { settled } from "./recordedProgram";

/** Problems of arguments as `property: given …; allowed: …`, in the order reported; empty when they are accepted. */
function problemsOf(args: Partial<TrainingFleetArgs>, name = "forecast"): readonly string[] {
  try {
    checkTrainingFleetArgs(name, { image: IMAGE, ...args });
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}

/** Properties that are refused. */
function refused(args: Partial<TrainingFleetArgs>): readonly string[] {
  return problemsOf(args).map((problem) => problem.split(":")[0] ?? "");
}

describe("TrainingFleet arguments", () => {
  it("default to what their descriptions say", () => {
    const tags = { "frugal-ml:component": "forecast", "frugal-ml:workload": "training" };
    deepEqual(checkTrainingFleetArgs("forecast", { image: IMAGE }), {
      image: IMAGE,
      folder: "",
      dataUri: undefined,
      channels: {},
      kmsKeyArn: undefined,
      schedule: undefined,
      scheduleTimezone: "UTC",
      runRetentionDays: 7,
      logRetentionDays: 30,
      tags,
      pipeline: { ...SUBJECT, tags },
    });
  });

  it("are refused with every problem at once: which, what was given, what is allowed", () => {
    deepEqual(
      problemsOf(
        {
          image: "forecast:latest",
          folder: "teams",
          dataUri: "s3://our-data/2026",
          channels: { series: "s3://our-data/*/", "a b": "https://our-data/" },
          instanceType: "ml.c6g.xlarge",
          instanceCount: 0,
          processingInstanceType: "c5.xlarge",
          volumeSizeGb: 20_000,
          maxRuntimeSeconds: 60,
          maxWaitSeconds: 59,
          kmsKeyArn: "alias/models",
          schedule: "daily",
          expectedCustomers: 0,
          vpc: { subnetIds: [], securityGroupIds: ["1", "2", "3", "4", "5", "6"] },
          retainVersions: 0,
          runRetentionDays: 0,
          logRetentionDays: 8,
          alarmTopics: ["arn:aws:sns:us-east-1:1:oncall"],
          modelOptions: "[]",
          modelModule: "m".repeat(257),
          hyperparameters: { "": "1" },
          savingsPlan: { term: "2yr", payment: "monthly", share: 0 },
          tags: { "aws:team": "energy" },
        },
        "Forecast",
      ).map((problem) => problem.replace(/; allowed: (.{40}).*/, "; allowed: $1…")),
      [
        'name: given "Forecast"; allowed: 1 to 32 lower-case letters, digits and h…',
        "folder: given a folder without bucket; allowed: only together with bucket",
        "alarmTopics: given without alarms; allowed: only together with alarms: true",
        "expectedCustomers: given 0; allowed: an integer from 1 to 9007199254740991 cu…",
        "vpc.subnetIds: given []; allowed: 1 to 16 ids",
        'vpc.securityGroupIds: given ["1","2","3","4","5","6"]; allowed: 1 to 5 ids',
        'savingsPlan.term: given "2yr"; allowed: one of 1yr, 3yr',
        'savingsPlan.payment: given "monthly"; allowed: one of no-upfront, partial-upfront, all-…',
        "savingsPlan.share: given 0; allowed: a number above 0 and at most 1",
        'tags.aws:team: given "aws:team"; allowed: a key that is neither reserved (aws:) no…',
        'image: given "forecast:latest"; allowed: an image in ECR pinned by digest, <accou…',
        'folder: given "teams"; allowed: at most 128 characters: names of letters…',
        'dataUri: given "s3://our-data/2026"; allowed: an s3:// address without * ? $ that ends…',
        'channels: given "series"; allowed: names of 1 to 64 letters, digits and . -…',
        'channels: given "a b"; allowed: names of 1 to 64 letters, digits and . -…',
        'channels.series: given "s3://our-data/*/"; allowed: an s3:// address without * ? $ that ends…',
        'channels.a b: given "https://our-data/"; allowed: an s3:// address without * ? $ that ends…',
        'kmsKeyArn: given "alias/models"; allowed: the ARN of a KMS key, not of an alias: a…',
        'schedule: given "daily"; allowed: cron(<six fields>) or rate(<value> <unit…',
        "runRetentionDays: given 0; allowed: an integer from 1 to 365 days",
        "logRetentionDays: given 8; allowed: one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 12…",
        'instanceType: given "ml.c6g.xlarge"; allowed: an instance type ml.<family>.<size> that…',
        "instanceCount: given 0; allowed: an integer from 1 to 100 instances",
        'processingInstanceType: given "c5.xlarge"; allowed: an instance type ml.<family>.<size> that…',
        "volumeSizeGb: given 20000; allowed: an integer from 1 to 16384 GB",
        "maxWaitSeconds: given 59; allowed: an integer from 60 to 864000 seconds, at…",
        "retainVersions: given 0; allowed: an integer from 1 to 1000 versions",
        'modelOptions: given "[]"; allowed: a JSON object of at most 256 characters',
        `modelModule: given "${"m".repeat(76)}…; allowed: 1 to 256 characters`,
        'hyperparameters: given {"":"1"}; allowed: at most 100, with names of 1 to 256 char…',
      ],
    );
  });

  it("say of an output that it is one, where the value decides which resources there are", () => {
    // What a program in JavaScript gives, as `privateSubnetIds` of a network.
    const ids: unknown = pulumi.output(["subnet-1"]);
    deepEqual(
      problemsOf({
        instanceCount: pulumi.output(3) as never,
        vpc: { subnetIds: ids as never, securityGroupIds: ["sg-1"] },
      }),
      [
        "vpc.subnetIds: given an output, whose value is not known yet; allowed: 1 to 16 ids",
        "instanceCount: given an output, whose value is not known yet; allowed: an integer from 1 to 100 instances",
      ],
    );
  });

  it("say that SageMaker has no Graviton to train on", () => {
    const [problem = ""] = problemsOf({ instanceType: "ml.m7g.large" });
    equal(
      problem,
      'instanceType: given "ml.m7g.large"; allowed: an instance type ml.<family>.<size> that is not Graviton: SageMaker trains and processes on x86 and accelerators only',
    );
    const graviton = [
      "ml.c6g.large",
      "ml.c6gn.xlarge",
      "ml.m7gd.large",
      "ml.r8g.large",
      "ml.t4g.medium",
      "ml.g5g.xlarge",
    ];
    const others = [
      "ml.g5.xlarge",
      "ml.g4dn.xlarge",
      "ml.p4d.24xlarge",
      "ml.c7i.large",
      "ml.c7i-flex.large",
      "ml.trn1.2xlarge",
    ];
    deepEqual(
      graviton.map(isGraviton),
      graviton.map(() => true),
    );
    deepEqual(
      others.map(isGraviton),
      others.map(() => false),
    );
  });

  it("know which instances bring storage", () => {
    const own = [
      "ml.g4dn.xlarge",
      "ml.g5.xlarge",
      "ml.p3dn.24xlarge",
      "ml.p4de.24xlarge",
      "ml.p5.48xlarge",
      "ml.r5d.large",
      "ml.trn1.2xlarge",
    ];
    const attached = ["ml.c5.xlarge", "ml.m5.large", "ml.p3.2xlarge", "ml.c7i-flex.large", "ml.r8i.large"];
    deepEqual(
      own.filter((type) => !hasLocalStorage(type)),
      [],
    );
    deepEqual(attached.filter(hasLocalStorage), []);
  });

  it("refuse what means nothing beside the rest", () => {
    const channels = { images: "s3://our-derived/0123456789ab/" };
    deepEqual(refused({ split: false, channels }), []);
    deepEqual(refused({ split: false }), ["channels"]);
    deepEqual(
      refused({
        split: false,
        channels,
        dataUri: "s3://our-data/",
        processingInstanceType: "ml.m5.large",
        expectedCustomers: 5,
        retainVersions: 5,
      }),
      ["dataUri", "processingInstanceType", "expectedCustomers", "retainVersions"],
    );
    deepEqual(refused({ bucket: "our-models", runRetentionDays: 7 }), ["runRetentionDays"]);
    deepEqual(refused({ spot: false, maxWaitSeconds: 7200 }), ["maxWaitSeconds"]);
    deepEqual(refused({ scheduleTimezone: "Europe/Berlin" }), ["scheduleTimezone"]);
  });

  it("take schedules as the scheduler does", () => {
    for (const schedule of ["cron(0 2 * * ? *)", "cron(0/15 8-18 ? * MON-FRI *)", "rate(1 day)", "rate(12 hours)"]) {
      deepEqual(refused({ schedule }), []);
    }
    for (const schedule of ["cron(0 2 * * *)", "rate(0 days)", "rate(day)", "at(2026-11-01T00:00:00)"]) {
      deepEqual(refused({ schedule }), ["schedule"], schedule);
    }
  });

  it("are checked when they arrive, where they are only known later", async () => {
    const { image } = checkTrainingFleetArgs("forecast", { image: pulumi.output("forecast:latest") });
    await rejects(settled(pulumi.output(image)), /pinned by digest/);
  });
});
