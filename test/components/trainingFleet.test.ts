import { deepEqual, equal } from "node:assert/strict";
import { fleetPipelineDefinition } from "../../components/fleetPipeline";
import { assertComponentChildren } from "./assertComponentChildren";
import {
  allow,
  expectedFleetAlarms,
  expectedFleetBucket,
  expectedFleetRole,
  expectedSchedule,
  expectedStart,
  expectedState,
  fleetTags,
  STAND_IN_VPC,
} from "./expectedFleet";
import type { Expected } from "./expectedResources";
import { EVERYTHING, SUBJECT } from "./fleetSubject";
import { FLEET_HASH, FLEET_KEY, FLEET_TOPIC, IMAGE } from "./fleetVariants";
import { recordedVariant } from "./recordedProgram";
import type { VariantName } from "./variants";

const TYPE = "frugal-ml:index:TrainingFleet";

/** Tags of the Savings Plan of the fleet that has everything. */
const PLAN = {
  "frugal-ml:savings-plan": "sagemaker",
  "frugal-ml:savings-plan-term": "3yr",
  "frugal-ml:savings-plan-payment": "all-upfront",
  "frugal-ml:savings-plan-share": "0.25",
};

const assertChildren = (name: VariantName, ...parts: readonly Expected[]): Promise<void> =>
  assertComponentChildren(TYPE, name, ...parts);

function expectedPipeline(name: string, definition: string, tags: Record<string, string> = fleetTags(name)): Expected {
  return {
    [`aws:sagemaker/pipeline:Pipeline ${name}-pipeline`]: {
      pipelineName: `frugal-ml-test-${name}`,
      pipelineDisplayName: `frugal-ml-test-${name}`,
      pipelineDescription: `Trains the models of ${name}.`,
      pipelineDefinition: JSON.parse(definition),
      roleArn: `arn:aws:iam::123456789012:role/${name}-role`,
      tags,
    },
  };
}

const readInputs = (...addresses: readonly string[]) =>
  allow(
    "ReadInputs",
    "s3:GetObject",
    addresses.map((address) => `arn:aws:s3:::${address}*`),
  );

function listInputs(bucket: string, ...prefixes: readonly string[]): object {
  const Condition = { StringLike: { "s3:prefix": prefixes.map((prefix) => `${prefix}*`) } };
  return { ...allow("ListInputs0", "s3:ListBucket", `arn:aws:s3:::${bucket}`), Condition };
}

describe("TrainingFleet", function () {
  // The first test builds every variant, with the AWS package loaded.
  this.timeout(60_000);

  it("makes a bucket, a pipeline with its role, and the function that starts it, by default", () =>
    assertChildren(
      "fleet",
      expectedFleetBucket("fleet"),
      expectedState("fleet"),
      expectedFleetRole("fleet", {
        further: [readInputs("fleet-bucket-id/data/"), listInputs("fleet-bucket-id", "data/")],
      }),
      expectedPipeline("fleet", fleetPipelineDefinition({ ...SUBJECT, fleet: "fleet", tags: fleetTags("fleet") })),
      expectedStart("fleet", {
        parameters: { DataUri: "s3://fleet-bucket-id/data/", FleetUri: "s3://fleet-bucket-id/" },
      }),
    ));

  it("makes all that its arguments ask for, in a folder of a given bucket, and reaches nothing besides", () => {
    const name = "fleet-all";
    const tags = {
      ...fleetTags(name),
      "frugal-ml:environment": "prod",
      "frugal-ml:cost-center": "ml",
      ...PLAN,
      team: "energy",
    };
    const definition = fleetPipelineDefinition({
      ...EVERYTHING,
      fleet: name,
      channels: ["holidays", "weather", "images"],
      instanceType: "ml.g5.xlarge",
      instanceCount: 3,
      processingInstanceType: "ml.m5.xlarge",
      volumeSizeGb: 100,
      maxRuntimeSeconds: 1800,
      modelOptions: '{"yearly":false}',
      retainVersions: 3,
      tags: {
        team: "energy",
        ...fleetTags(name),
        "frugal-ml:environment": "prod",
        "frugal-ml:cost-center": "ml",
        ...PLAN,
      },
    });
    return assertChildren(
      name,
      expectedState(name, "our-models", "teams/forecast/", { serverSideEncryption: "aws:kms", kmsKeyId: FLEET_KEY }),
      expectedFleetRole(name, {
        bucket: "our-models",
        folder: "teams/forecast/",
        retentionInDays: 365,
        tags,
        further: [
          readInputs("our-data/2026/", "our-data/holidays/"),
          listInputs("our-data", "2026/", "holidays/"),
          ...THROUGH_ALIASES,
          STAND_IN_VPC,
          ...WITH_KEY,
        ],
      }),
      expectedPipeline(name, definition, tags),
      expectedStart(name, {
        timeout: 900,
        tags,
        parameters: {
          DataUri: "s3://our-data/2026/",
          FleetUri: "s3://our-models/teams/forecast/",
          KmsKeyArn: FLEET_KEY,
          ChannelUri0: "s3://our-data/holidays/",
          ChannelUri1: "s3://weather-point-0a1b-s3alias/daily/",
          ChannelUri2: "s3://images-object-lambda--ol-s3/",
          SubnetId0: "subnet-1",
          SubnetId1: "subnet-2",
          SecurityGroupId0: "sg-1",
        },
        completeness: { source: "our-originals", derived: "our-derived", hash: FLEET_HASH, allowQuarantined: true },
        further: [
          allow("ListOriginalsAndDerived", "s3:ListBucket", ["arn:aws:s3:::our-originals", "arn:aws:s3:::our-derived"]),
          allow("LookAtDerived", "s3:GetObject", [
            `arn:aws:s3:::our-derived/${FLEET_HASH}/*`,
            `arn:aws:s3:::our-derived/quarantine/${FLEET_HASH}/*`,
          ]),
        ],
      }),
      expectedSchedule(name, "cron(0 2 * * ? *)", "Europe/Berlin", tags),
      expectedFleetAlarms(name, [FLEET_TOPIC], tags),
    );
  });

  it("trains on its channels alone without a split: no state, no pointers, nothing to publish", async () => {
    const name = "fleet-images";
    await assertChildren(
      name,
      expectedFleetBucket(name, 30, true),
      expectedFleetRole(name, {
        split: false,
        further: [readInputs(`our-derived/${FLEET_HASH}/`), listInputs("our-derived", `${FLEET_HASH}/`)],
      }),
      expectedPipeline(
        name,
        fleetPipelineDefinition({
          ...SUBJECT,
          fleet: name,
          split: false,
          channels: ["images"],
          shardChannels: true,
          spot: false,
          instanceType: "ml.g5.xlarge",
          instanceCount: 1,
          tags: fleetTags(name),
        }),
      ),
      expectedStart(name, {
        parameters: { FleetUri: `s3://${name}-bucket-id/`, ChannelUri0: `s3://our-derived/${FLEET_HASH}/` },
      }),
    );
    const { outputs } = await recordedVariant(name);
    deepEqual(["dataUri" in outputs, "pointersUri" in outputs], [false, false]);
  });

  it("tells what endpoints and callers need", async () => {
    deepEqual((await recordedVariant("fleet-all")).outputs, {
      bucketName: "our-models",
      fleetUri: "s3://our-models/teams/forecast/",
      dataUri: "s3://our-data/2026/",
      modelDataUrl: "s3://our-models/teams/forecast/models/",
      pointersUri: "s3://our-models/teams/forecast/pointers/",
      pipelineArn: "arn:aws:sagemaker:us-east-1:123456789012:pipeline/fleet-all-pipeline",
      pipelineName: "frugal-ml-test-fleet-all",
      roleArn: "arn:aws:iam::123456789012:role/fleet-all-role",
      startFunctionName: "fleet-all-start-function",
      startFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:fleet-all-start-function",
      image: IMAGE,
    });
  });

  it("keeps a role's policies within what IAM takes", async () => {
    for (const name of ["fleet", "fleet-all"] as const) {
      const { resources } = await recordedVariant(name);
      const policies = resources.filter(({ name: child }) => child === `${name}-role-policy`);
      equal(policies.length, 1);
      // docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
      equal(JSON.stringify(policies[0]?.inputs["policy"]).length < 10_240, true);
    }
  });
});

const CALLED_VIA = { "ForAnyValue:StringEquals": { "aws:CalledVia": ["s3-object-lambda.amazonaws.com"] } };
const BY_ACCOUNT = { StringEquals: { "s3:DataAccessPointAccount": "123456789012" } };
const POINTS = "arn:aws:s3:us-east-1:123456789012:accesspoint/*";

/** Access points and Object Lambda access points, of which an alias does not tell the ARN. */
const THROUGH_ALIASES = [
  {
    ...allow("ReadThroughAccessPoints", "s3:GetObject", [`${POINTS}/object/daily/*`, "arn:aws:s3:::*/daily/*"]),
    Condition: BY_ACCOUNT,
  },
  { ...allow("ListThroughAccessPoints", "s3:ListBucket", [POINTS, "arn:aws:s3:::*"]), Condition: BY_ACCOUNT },
  allow(
    "ReadThroughObjectLambda",
    ["s3-object-lambda:GetObject", "s3-object-lambda:ListBucket"],
    "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/*",
  ),
  {
    ...allow(
      "OnlyWhileObjectLambdaActs",
      ["s3:GetObject", "s3:ListBucket", "lambda:InvokeFunction"],
      [POINTS, "arn:aws:s3:::*", "arn:aws:lambda:us-east-1:123456789012:function:*"],
    ),
    Condition: CALLED_VIA,
  },
];

const WITH_KEY = [
  {
    ...allow("EncryptObjects", ["kms:Decrypt", "kms:GenerateDataKey"], FLEET_KEY),
    Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
  },
  allow("DescribeKey", "kms:DescribeKey", FLEET_KEY),
  {
    ...allow("EncryptVolumes", "kms:CreateGrant", FLEET_KEY),
    Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
  },
];
