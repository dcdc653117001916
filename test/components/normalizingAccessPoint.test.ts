import { deepEqual, equal } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { expectedDeadLetterAlarm } from "./expectedDeadLetterAlarm";
import { derivingStatements, expectedMaterialized, expectedTrigger, materializedOutputs } from "./expectedMaterialized";
import { expectedAlarms, expectedDashboard } from "./expectedOperation";
import { delegating, objectLambdaReaders, urlReaders } from "./expectedReaders";
import {
  accessPointArn,
  type Expected,
  expectedBucket,
  expectedFunction,
  expectedObjectLambda,
  expectedRolePolicy,
  expectedUrl,
  functionArn,
  objectLambdaArn,
  policy,
} from "./expectedResources";
import { recordedVariant } from "./recordedProgram";
import { READERS, TOPIC, type VariantName } from "./variants";

const TYPE = "frugal-ml:index:NormalizingAccessPoint";

const assertChildren = (name: VariantName, ...parts: readonly Expected[]): Promise<void> =>
  assertComponentChildren(TYPE, name, ...parts);

describe("NormalizingAccessPoint", function () {
  // The first test builds every variant, with the AWS package loaded.
  this.timeout(60_000);

  it("makes a bucket, a function and its URL by default", () =>
    assertChildren(
      "url",
      expectedBucket("url"),
      expectedFunction("url"),
      expectedUrl("url"),
      expectedRolePolicy("url", { lists: true }),
    ));

  it("lets a function behind Object Lambda alone answer and read, but not list the bucket", () =>
    assertChildren(
      "lambda",
      expectedBucket("lambda"),
      expectedFunction("lambda", { readsOriginals: false }),
      expectedObjectLambda("lambda"),
      expectedRolePolicy("lambda", { answersObjectLambda: true }),
    ));

  it("serves both deliveries with one function", () =>
    assertChildren(
      "both",
      expectedBucket("both"),
      expectedFunction("both"),
      expectedUrl("both"),
      expectedObjectLambda("both"),
      expectedRolePolicy("both", { answersObjectLambda: true, lists: true }),
    ));

  it("stands on another account's bucket without touching it", () =>
    assertChildren(
      "foreign",
      expectedFunction("foreign", { accessPoint: { bucket: "their-photos", bucketAccountId: "999999999999" } }),
      expectedUrl("foreign"),
      expectedRolePolicy("foreign", { lists: true, bucket: "their-photos" }),
    ));

  it("names readers of every account to the owner of another account's bucket", async () => {
    const { outputs } = await recordedVariant("foreign-lambda");
    deepEqual(
      JSON.parse(String(outputs["bucketPolicyStatements"])),
      delegating("foreign-lambda", "their-photos", Object.values(READERS)),
    );
  });

  it("shares another's function: none of its own, and that role is allowed to read and answer here alone", async () => {
    const { resources, outputs } = await recordedVariant("sharing");
    const inputs = (name: string) => resources.find((resource) => resource.name === name)?.inputs;
    const lambda = "arn:aws:lambda:us-east-1:123456789012:function:images-function-0a1b2c3";
    deepEqual(
      resources.slice(1).flatMap(({ type, name }) => (name.startsWith("sharing-bucket") ? [] : [`${type} ${name}`])),
      [
        "aws:s3/accessPoint:AccessPoint sharing-access-point",
        "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint sharing-object-lambda",
        "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy sharing-object-lambda-policy",
        "aws:s3control/accessPointPolicy:AccessPointPolicy sharing-access-point-policy",
        "aws:lambda/permission:Permission sharing-object-lambda-reader-training",
        "aws:iam/rolePolicy:RolePolicy sharing-role-policy",
      ],
    );
    const expected = expectedObjectLambda("sharing", [READERS.training], '{"revision":1,"width":64}');
    const configuration = JSON.parse(
      JSON.stringify(
        expected["aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint sharing-object-lambda"],
      ).replace(functionArn("sharing"), lambda),
    );
    deepEqual(inputs("sharing-object-lambda"), configuration);
    deepEqual(inputs("sharing-object-lambda-reader-training"), {
      function: "images-function-0a1b2c3",
      principal: READERS.training,
      action: "lambda:InvokeFunction",
    });
    const through = { StringEquals: { "s3:DataAccessPointArn": accessPointArn("sharing") } };
    deepEqual(inputs("sharing-role-policy"), {
      role: "images-role-0a1b2c3",
      policy: policy(
        {
          Sid: "ReadThroughAccessPoint",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: `${accessPointArn("sharing")}/object/*`,
        },
        {
          Sid: "ReadBucketBehindAccessPoint",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::sharing-bucket-id/*",
          Condition: through,
        },
        {
          Sid: "AnswerObjectLambda",
          Effect: "Allow",
          Action: "s3-object-lambda:WriteGetObjectResponse",
          Resource: objectLambdaArn("sharing"),
        },
      ),
    });
    deepEqual(
      [outputs["functionArn"], outputs["functionName"], outputs["functionRole"]],
      [lambda, "images-function-0a1b2c3", "images-role-0a1b2c3"],
    );
  });

  it("gives each reader what each delivery asks of it, and the account at large nothing", () =>
    assertChildren(
      "readers",
      expectedBucket("readers"),
      expectedFunction("readers"),
      expectedUrl("readers"),
      urlReaders("readers"),
      expectedObjectLambda("readers", Object.values(READERS)),
      objectLambdaReaders("readers"),
      expectedRolePolicy("readers", { answersObjectLambda: true, lists: true }),
    ));

  it("watches errors and throttles when asked", () =>
    assertChildren(
      "alarms",
      expectedBucket("alarms"),
      expectedFunction("alarms"),
      expectedUrl("alarms"),
      expectedRolePolicy("alarms", { lists: true }),
      expectedAlarms("alarms", [TOPIC]),
    ));

  it("sounds alarms where it is told to, and shows a dashboard when asked", () => {
    const deliveries = ["object-lambda", "function-url"];
    return assertChildren(
      "watched",
      expectedBucket("watched"),
      expectedFunction("watched", { lambda: { timeout: 60 } }),
      expectedUrl("watched"),
      expectedObjectLambda("watched"),
      expectedRolePolicy("watched", { answersObjectLambda: true, lists: true }),
      expectedAlarms("watched", [], { deliveries, errorPercent: 5, durationMs: 30_000 }),
      expectedDashboard("watched", deliveries),
    );
  });

  it("materializes: a bucket that follows the originals, its queue, its dead letters and their alarm", () =>
    assertChildren(
      "derived",
      expectedBucket("derived"),
      expectedFunction("derived", {
        materialized: expectedMaterialized("derived", { timeout: 20, retired: ["0123456789ab"] }),
        lambda: { timeout: 20 },
      }),
      expectedRolePolicy("derived", { lists: true, further: derivingStatements("derived") }),
      expectedTrigger("derived", 3),
      expectedAlarms("derived", [TOPIC], { deliveries: ["materialized"], durationMs: 16_000 }),
      expectedDeadLetterAlarm("derived", "Changes of originals of derived could not be followed", [TOPIC]),
    ));

  it("serves all three deliveries with one function", () =>
    assertChildren(
      "every",
      expectedBucket("every", true),
      expectedFunction("every", { materialized: expectedMaterialized("every", { forceDestroy: true }) }),
      expectedUrl("every"),
      expectedObjectLambda("every"),
      expectedRolePolicy("every", { answersObjectLambda: true, lists: true, further: derivingStatements("every") }),
      expectedTrigger("every"),
    ));

  it("takes the changes of a given bucket, of its owner's account, and leaves its notifications alone", () =>
    assertChildren(
      "foreign-derived",
      expectedFunction("foreign-derived", {
        accessPoint: { bucket: "their-photos", bucketAccountId: "999999999999" },
        materialized: expectedMaterialized("foreign-derived", {
          bucket: "their-photos",
          account: "999999999999",
          notifies: false,
        }),
      }),
      expectedRolePolicy("foreign-derived", {
        lists: true,
        bucket: "their-photos",
        further: derivingStatements("foreign-derived"),
      }),
      expectedTrigger("foreign-derived"),
    ));

  it("sets the notifications of a given bucket when it is told to", async () => {
    const { resources } = await recordedVariant("given-derived");
    const notifications = resources.filter(({ type }) => type === "aws:s3/bucketNotification:BucketNotification");
    deepEqual(
      notifications.map(({ name, inputs }) => [name, inputs["bucket"]]),
      [["given-derived-notification", "our-photos"]],
    );
  });

  it("lets a disposable bucket go with its objects", () =>
    assertChildren(
      "disposable",
      expectedBucket("disposable", true),
      expectedFunction("disposable"),
      expectedUrl("disposable"),
      expectedRolePolicy("disposable", { lists: true }),
    ));

  it("tells the function and the access point one and the same transformation", () => {
    const transformation = '{"revision":1,"channels":"rgb","quality":80,"width":320}';
    return assertChildren(
      "rgb",
      expectedBucket("rgb"),
      expectedFunction("rgb", { readsOriginals: false, transformation }),
      expectedObjectLambda("rgb", undefined, transformation),
      expectedRolePolicy("rgb", { answersObjectLambda: true }),
    );
  });

  it("passes size, retention and cost allocation on, known now or later", () => {
    const tags = {
      team: "vision",
      "frugal-ml:component": "tuned",
      "frugal-ml:workload": "preprocessing",
      "frugal-ml:environment": "prod",
      "frugal-ml:cost-center": "ml",
    };
    const lambda = { memorySize: 1769, timeout: 60, runtime: "nodejs22.x", reservedConcurrentExecutions: 5 };
    return assertChildren(
      "tuned",
      expectedBucket("tuned", false, tags),
      expectedFunction("tuned", { lambda, retentionInDays: 365, tags }),
      expectedUrl("tuned"),
      expectedRolePolicy("tuned", { lists: true }),
    );
  });

  it("has as outputs what readers need, and only what the deliveries have", async () => {
    const common = (name: string) => ({
      bucketName: `${name}-bucket-id`,
      accessPointArn: accessPointArn(name),
      accessPointAlias: `${name}-access-point-s3alias`,
      functionArn: functionArn(name),
      functionName: `${name}-function`,
      functionRole: `${name}-role-id`,
      transformationHash: "d8560b7658c7",
    });
    const url = (name: string) => ({ url: `https://${name}-url.lambda-url.us-east-1.on.aws/` });
    const objectLambda = (name: string) => ({
      objectLambdaArn: objectLambdaArn(name),
      objectLambdaAlias: `${name}-object-lambda--ol-s3`,
    });
    deepEqual((await recordedVariant("url")).outputs, { ...common("url"), ...url("url") });
    deepEqual((await recordedVariant("lambda")).outputs, { ...common("lambda"), ...objectLambda("lambda") });
    deepEqual((await recordedVariant("both")).outputs, { ...common("both"), ...url("both"), ...objectLambda("both") });
    deepEqual((await recordedVariant("foreign")).outputs, {
      ...common("foreign"),
      ...url("foreign"),
      bucketPolicyStatements: JSON.stringify(delegating("foreign", "their-photos")),
      bucketName: "their-photos",
    });
    deepEqual((await recordedVariant("every")).outputs, {
      ...common("every"),
      ...url("every"),
      ...objectLambda("every"),
      ...materializedOutputs("every"),
    });
    equal((await recordedVariant("rgb")).outputs["transformationHash"], "d895a5a30dc6");
  });
});
