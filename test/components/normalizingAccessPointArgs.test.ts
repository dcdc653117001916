import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Delivery, NormalizingAccessPoint, type NormalizingAccessPointArgs } from "../../components";
import {
  checkNormalizingAccessPointArgs,
  MAX_NAME_LENGTH,
  MIN_IMAGE_MEMORY_MB,
} from "../../components/normalizingAccessPointArgs";
import { DEFAULT_TRANSFORMATION, transformationHash } from "../../contracts/transformation";
import { pixelLimit } from "../../functions/normalize/imageLimits";
import { recordedVariant, settled } from "./recordedProgram";
import { MODULE_ARCHIVE } from "./variants";

const DELIVERIES = `a set of one or more of ${Object.values(Delivery).join(", ")}`;
const MEMORY = "an integer from 256 to 10240 MB";
const NAME = `1 to ${MAX_NAME_LENGTH} lower-case letters, digits and hyphens, beginning with a letter: access points are named after it`;
const READER = "names of 1 to 32 lower-case letters, digits and hyphens";
const READER_ARN = "the ARN of a role: arn:aws:iam::<account>:role/<name>";
const TAG_KEY = "a key that is neither reserved (aws:) nor one that frugal-ml sets";

/** Problems of arguments as `property: reason`, in the order reported; empty when they are accepted. */
function problemsOf(args: NormalizingAccessPointArgs, name = "images"): readonly string[] {
  try {
    checkNormalizingAccessPointArgs(name, args);
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}

describe("NormalizingAccessPoint arguments", () => {
  it("default to what their descriptions say", () => {
    const { deliveries, tags, ...rest } = checkNormalizingAccessPointArgs("images", {});
    deepEqual([...deliveries], ["function-url"]);
    deepEqual(tags, { "frugal-ml:component": "images", "frugal-ml:workload": "preprocessing" });
    deepEqual(rest, {
      transformation: { canonical: '{"revision":1}', hash: transformationHash(DEFAULT_TRANSFORMATION) },
      memorySize: 512,
      timeout: 30,
      runtime: "nodejs24.x",
      logRetentionDays: 30,
      retired: [],
      deriveConcurrency: 10,
      noncurrentDays: 90,
      notifyBucket: true,
      reservedConcurrency: undefined,
      vpc: undefined,
      kmsKeyArn: undefined,
      logKeyArn: undefined,
      errorPercent: 1,
      durationPercent: 80,
    });
  });

  it("never let the current transformation expire, nor anything that is no hash, nor without the delivery", () => {
    const current = transformationHash(DEFAULT_TRANSFORMATION);
    const deliveries = ["materialized"];
    const refused = (args: NormalizingAccessPointArgs): string => {
      const [problem = "accepted", ...others] = problemsOf(args);
      deepEqual(others, []);
      return problem.replace(/;.*/, "");
    };
    deepEqual(
      [
        refused({ deliveries, retired: ["0123456789ab", "ba9876543210"] }),
        refused({ deliveries, retired: [current] }),
        refused({ deliveries, retired: ["0123456789ab", "0123456789ab"] }),
        refused({ deliveries, retired: ["0123456789AB"] }),
        refused({ retired: ["0123456789ab"] }),
        refused({ deliveries, retired: [current], transformation: { width: 128 } }),
      ],
      [
        "accepted",
        `retired: given ["${current}"]`,
        'retired: given ["0123456789ab","0123456789ab"]',
        'retired: given ["0123456789AB"]',
        'retired: given ["0123456789ab"]',
        "accepted",
      ],
    );
  });

  it("are refused with every problem at once: which, what was given, what is allowed", () => {
    const transformation: Record<string, unknown> = { width: 0, depth: 8 };
    deepEqual(
      problemsOf(
        {
          deliveries: ["function-url", "ftp"],
          bucketAccountId: "999999999999",
          readers: { Training: "arn:aws:iam::1:role/a" },
          transformation,
          memorySize: 64,
          timeout: 61,
          runtime: "nodejs18.x",
          logRetentionDays: 8,
          deriveConcurrency: 1,
          noncurrentDays: 0,
          reservedConcurrency: -1,
          costAllocation: { environment: undefined, costCenter: "a;b" },
          tags: { "aws:team": "vision" },
        },
        "Images",
      ),
      [
        `name: given "Images"; allowed: ${NAME}`,
        `deliveries: given ["function-url","ftp"]; allowed: ${DELIVERIES}`,
        "bucketAccountId: given an account without bucket; allowed: only together with bucket",
        `readers: given "Training"; allowed: ${READER}`,
        `readers.Training: given "arn:aws:iam::1:role/a"; allowed: ${READER_ARN}`,
        "transformation.width: given 0; allowed: an integer from 1 to 4096 (pixels)",
        "transformation.depth: given 8; allowed: one of the options width, height, fit, channels, format, quality, orientation, icc, background, onBadImage",
        `memorySize: given 64; allowed: ${MEMORY}`,
        "timeout: given 61; allowed: an integer from 2 to 60 seconds",
        'runtime: given "nodejs18.x"; allowed: one of nodejs24.x, nodejs22.x',
        "logRetentionDays: given 8; allowed: one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        "deriveConcurrency: given 1; allowed: an integer from 2 to 1000 executions",
        "noncurrentDays: given 0; allowed: an integer from 1 to 3650 days",
        "reservedConcurrency: given -1; allowed: an integer from 0 to 10000 executions",
        'costAllocation.costCenter: given "a;b"; allowed: at most 256 letters, digits, spaces and _ . : / = + - @',
        `tags.aws:team: given "aws:team"; allowed: ${TAG_KEY}`,
      ],
    );
  });

  it("of earlier versions are for a created bucket alone", () => {
    deepEqual(problemsOf({ noncurrentDays: 30 }), []);
    deepEqual(problemsOf({ noncurrentDays: 30, bucket: "photographs" }), [
      "noncurrentDays: given with bucket; allowed: only without bucket: the lifecycle of a given one is its owner's",
    ]);
  });

  it("of alarms need alarms, and are checked at their bounds", () => {
    const alarmTopics = ["arn:aws:sns:us-east-1:123456789012:oncall"];
    const without = "given without alarms; allowed: only together with alarms: true";
    deepEqual(problemsOf({ alarmTopics, alarmThresholds: {} }), [
      `alarmTopics: ${without}`,
      `alarmThresholds: ${without}`,
    ]);
    deepEqual(problemsOf({ alarmTopics, alarms: false }), [`alarmTopics: ${without}`]);
    deepEqual(
      problemsOf({ alarmTopics, alarms: true, alarmThresholds: { errorPercent: 0, durationPercent: 100 } }),
      [],
    );
    deepEqual(problemsOf({ alarms: true, alarmThresholds: { errorPercent: 101, durationPercent: 0 } }), [
      "alarmThresholds.errorPercent: given 101; allowed: a number from 0 to 100 (percent)",
      "alarmThresholds.durationPercent: given 0; allowed: a number from 1 to 100 (percent)",
    ]);
  });

  it("name a key, never an alias, whose key may change", () => {
    const key = "arn:aws-cn:kms:cn-north-1:123456789012:key/0a1b";
    const allowed = "the ARN of a KMS key, not of an alias: arn:aws:kms:<region>:<account>:key/<id>";
    deepEqual(problemsOf({ kmsKeyArn: key }), []);
    for (const kmsKeyArn of ["0a1b", "alias/photos", key.replace(":key/", ":alias/"), `${key}*`]) {
      deepEqual(problemsOf({ kmsKeyArn }), [`kmsKeyArn: given ${JSON.stringify(kmsKeyArn)}; allowed: ${allowed}`]);
    }
  });

  it("share a function for object-lambda alone, with its role, and leave its settings where it is made", () => {
    const sharedFunction = "arn:aws:lambda:us-east-1:123456789012:function:images-function";
    const shared = { sharedFunction, sharedRole: "images-role", deliveries: ["object-lambda"] };
    const together = "given nothing; allowed: sharedFunction and sharedRole together";
    const alone =
      "allowed: object-lambda alone with sharedFunction: what the others read is a function's own configuration";
    const there = "given with sharedFunction; allowed: only where the function is made";
    deepEqual(problemsOf({ ...shared, alarms: false }), []);
    deepEqual(problemsOf({ ...shared, sharedRole: undefined }), [`sharedRole: ${together}`]);
    deepEqual(problemsOf({ ...shared, sharedFunction: undefined }), [`sharedFunction: ${together}`]);
    deepEqual(problemsOf({ ...shared, sharedFunction: "images-function" }), [
      'sharedFunction: given "images-function"; allowed: the ARN of a function',
    ]);
    for (const deliveries of [undefined, ["function-url", "object-lambda"], ["materialized"]]) {
      const given = JSON.stringify(deliveries ?? ["function-url"]);
      deepEqual(problemsOf({ ...shared, deliveries }), [`deliveries: given ${given}; ${alone}`]);
    }
    deepEqual(problemsOf({ ...shared, memorySize: 512, timeout: 9, alarms: true, dashboard: true }), [
      `memorySize: ${there}`,
      `timeout: ${there}`,
      `alarms: ${there}`,
      `dashboard: ${there}`,
    ]);
  });

  it("deliver from a network what does not need the internet, and say why", () => {
    const vpc = { vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const allowed =
      "materialized alone with vpc: function URLs answer on the public internet only, and a function answers Object Lambda at an address that S3's gateway endpoint does not reach";
    deepEqual(problemsOf({ vpc, deliveries: ["materialized"] }), []);
    for (const deliveries of [["function-url"], ["object-lambda"], ["materialized", "function-url"]]) {
      const given = JSON.stringify(deliveries);
      deepEqual(problemsOf({ vpc, deliveries }), [`deliveries: given ${given}; allowed: ${allowed}`]);
    }
    const empty = { vpcId: "vpc-1", subnetIds: [], securityGroupIds: [], routeTableIds: [] };
    deepEqual(problemsOf({ vpc: empty, deliveries: ["materialized"] }), [
      "vpc.subnetIds: given []; allowed: one id or more",
      "vpc.securityGroupIds: given []; allowed: one id or more",
      "vpc.routeTableIds: given []; allowed: one id or more, or nothing",
    ]);
  });

  it("name a set of deliveries", () => {
    for (const deliveries of [[], ["function-url", "function-url"], ["ftp"], ["Function-URL"]]) {
      deepEqual(problemsOf({ deliveries }), [
        `deliveries: given ${JSON.stringify(deliveries)}; allowed: ${DELIVERIES}`,
      ]);
    }
    deepEqual(problemsOf({ deliveries: ["object-lambda", "function-url"] }), []);
  });

  it("leave room for the names that are made from the component's", () => {
    equal(MAX_NAME_LENGTH, 23);
    deepEqual(problemsOf({}, "a".repeat(23)), []);
    for (const name of ["", "a".repeat(24), "1a", "-a", "a_b", "a.b", "Ä"]) {
      deepEqual(problemsOf({}, name), [`name: given ${JSON.stringify(name)}; allowed: ${NAME}`]);
    }
  });

  it("name readers so that names of resources can be made from them", () => {
    const role = "arn:aws:iam::123456789012:role/a";
    deepEqual(problemsOf({ readers: { "a-1": role, [`b${"c".repeat(31)}`]: role } }), []);
    deepEqual(problemsOf({ readers: { a_b: role, "": role, ["c".repeat(33)]: role } }), [
      `readers: given "a_b"; allowed: ${READER}`,
      `readers: given ""; allowed: ${READER}`,
      `readers: given "${"c".repeat(33)}"; allowed: ${READER}`,
    ]);
  });

  it("name buckets, accounts and readers as AWS does, empty texts included", () => {
    const bucket = "the name of a bucket, 3 to 63 lower-case letters, digits, dots and hyphens";
    const readers = { a: "training", b: "" };
    deepEqual(problemsOf({ bucket: "", bucketAccountId: "12", readers }), [
      `bucket: given ""; allowed: ${bucket}`,
      'bucketAccountId: given "12"; allowed: the 12 digits of an account',
      `readers.a: given "training"; allowed: ${READER_ARN}`,
      `readers.b: given ""; allowed: ${READER_ARN}`,
    ]);
    deepEqual(problemsOf({ bucket: "s3://Photographs/a" }), [`bucket: given "s3://Photographs/a"; allowed: ${bucket}`]);
    const later = pulumi.output("my.photographs");
    deepEqual(problemsOf({ bucket: later, readers: { a: "arn:aws-cn:iam::123456789012:role/path/a" } }), []);
  });

  it("take no tag that frugal-ml sets itself", () => {
    deepEqual(problemsOf({ tags: { "frugal-ml:component": "x" } }), [
      `tags.frugal-ml:component: given "frugal-ml:component"; allowed: ${TAG_KEY}`,
    ]);
  });

  it("take a module in the place of the image transformation, or neither together nor without an archive", () => {
    const code = "no/such/archive.zip";
    const archive = `code: given "${code}"; allowed: path of an archive that \`frugal-ml bundle\` wrote`;
    deepEqual(problemsOf({ code }), [archive]);
    deepEqual(problemsOf({ code: "package.json" }), [archive.replace(code, "package.json")]);
    deepEqual(problemsOf({ code, transformation: {} }), [
      "transformation: given a transformation of images with code; allowed: one of transformation and code: a module takes options as moduleOptions",
      archive,
    ]);
    deepEqual(problemsOf({ code, moduleOptions: "{" }), [
      archive,
      'moduleOptions: given "{"; allowed: JSON of at most 2048 characters',
    ]);
    deepEqual(problemsOf({ moduleOptions: "{}" }), [
      "moduleOptions: given options without code; allowed: only together with code",
    ]);
  });

  it("are checked at their bounds", () => {
    deepEqual(problemsOf({ memorySize: 256, timeout: 2, logRetentionDays: 0 }), []);
    deepEqual(problemsOf({ memorySize: 10_240, timeout: 60, logRetentionDays: 3653 }), []);
    for (const memorySize of [255, 10_241, 512.5, Number.NaN]) {
      deepEqual(problemsOf({ memorySize }), [`memorySize: given ${memorySize}; allowed: ${MEMORY}`]);
    }
  });

  it("leave a picture room, and a module what Lambda has", () => {
    for (const kind of ["jpeg", "hdr", "wide"] as const) ok(pixelLimit(MIN_IMAGE_MEMORY_MB, kind) >= 2_000_000, kind);
    deepEqual(problemsOf({ code: MODULE_ARCHIVE, memorySize: 128 }), []);
    deepEqual(problemsOf({ code: MODULE_ARCHIVE, memorySize: 127 }), [
      "memorySize: given 127; allowed: an integer from 128 to 10240 MB",
    ]);
  });

  it("that are known later are checked when they arrive", async () => {
    const checked = checkNormalizingAccessPointArgs("images", {
      memorySize: pulumi.output(64),
      timeout: Promise.resolve(10),
      runtime: pulumi.output("python3.13"),
    });
    equal(await settled(pulumi.output(checked.timeout)), 10);
    const refused = (property: string) => (error: unknown) =>
      pulumi.InputPropertiesError.isInstance(error) &&
      error.errors.length === 1 &&
      error.errors[0]?.propertyPath === property &&
      error.message.startsWith(`NormalizingAccessPoint images:\n  - ${property}: given `);
    await rejects(settled(pulumi.output(checked.memorySize)), refused("memorySize"));
    await rejects(settled(pulumi.output(checked.runtime)), refused("runtime"));
  });

  it("are refused by the component itself, in one message", async () => {
    await recordedVariant("url");
    throws(() => new NormalizingAccessPoint("Images", { memorySize: 1, timeout: 1 }), {
      message:
        "NormalizingAccessPoint Images:\n" +
        `  - name: given "Images"; allowed: ${NAME}\n` +
        `  - memorySize: given 1; allowed: ${MEMORY}\n` +
        "  - timeout: given 1; allowed: an integer from 2 to 60 seconds",
    });
  });
});
