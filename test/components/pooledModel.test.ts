import { deepEqual, equal, ok } from "node:assert/strict";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { checkPooledModelArgs } from "../../components/checkedPooledModelArgs";
import type { PooledModelArgs } from "../../components/pooledModelArgs";
import { ENDPOINT_KEY } from "./endpointVariants";
import { IMAGE } from "./fleetVariants";
import { POOLED_ARCHIVE } from "./pooledVariants";
import { type RecordedResource, recordedVariant } from "./recordedProgram";
import type { VariantName } from "./variants";

/** SHA-256 of the archive. */
const SHA256 = "0ae65911d0ce3112bc44497b095200fd6bc41fea3c094d15249cb4d3d36fcd23";

const Named = z.looseObject({ id: z.string() });

/** Types and names of what stands directly below a resource, in the order in which it is made. */
async function children(variant: VariantName, parent: string): Promise<readonly string[]> {
  const { resources } = await recordedVariant(variant);
  const above = resources.find(({ name, type }) => `${type} ${name}` === parent);
  ok(above, parent);
  return resources
    .filter((one) => one.parent === above.urn)
    .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
}

async function resource(variant: VariantName, name: string): Promise<RecordedResource> {
  const found = (await recordedVariant(variant)).resources.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name} in ${variant}`);
  return found;
}

const inputs = async (variant: VariantName, name: string) => (await resource(variant, name)).inputs;

function problems(args: Partial<PooledModelArgs>, name = "pooled"): readonly string[] {
  try {
    checkPooledModelArgs(name, { archive: POOLED_ARCHIVE, image: IMAGE, ...args });
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}

describe("PooledModel", function () {
  this.timeout(120_000);

  it("makes a bucket with the model under its checksum, and the three ways to ask it", async () => {
    deepEqual(await children("pooled", "frugal-ml:index:PooledModel pooled"), [
      "Bucket pooled-bucket",
      "BucketPublicAccessBlock pooled-bucket-public-access",
      "BucketServerSideEncryptionConfiguration pooled-bucket-encryption",
      "BucketVersioning pooled-bucket-versioning",
      "BucketLifecycleConfiguration pooled-bucket-lifecycle",
      "BucketPolicy pooled-bucket-policy",
      "BucketObjectv2 pooled-archive",
      "BucketObjectv2 pooled-nightly-requests",
      "ServerlessEndpoint pooled",
      "AsyncEndpoint pooled-later",
      "BatchTransform pooled-nightly",
    ]);
    deepEqual(await children("pooled", "frugal-ml:index:ServerlessEndpoint pooled"), [
      "LogGroup pooled-logs",
      "Role pooled-role",
      "RolePolicy pooled-role-policy",
      "Model pooled-model",
      "EndpointConfiguration pooled-config",
      "Endpoint pooled-endpoint",
    ]);
    deepEqual(await children("pooled", "frugal-ml:index:AsyncEndpoint pooled-later"), [
      "LogGroup pooled-later-logs",
      "Role pooled-later-role",
      "RolePolicy pooled-later-role-policy",
      "Model pooled-later-model",
      "EndpointConfiguration pooled-later-config",
      "Endpoint pooled-later-endpoint",
      "Target pooled-later-scaling",
      "Policy pooled-later-scaling-policy",
      "Policy pooled-later-first-instance-policy",
      "MetricAlarm pooled-later-first-instance-alarm",
    ]);
    deepEqual(await children("pooled", "frugal-ml:index:BatchTransform pooled-nightly"), [
      "Role pooled-nightly-role",
      "Pipeline pooled-nightly-pipeline",
      "RolePolicy pooled-nightly-role-policy",
      "Model pooled-nightly-model",
    ]);
  });

  it("writes model and requests as objects, and lets what is asked and answered expire", async () => {
    deepEqual(await inputs("pooled", "pooled-archive"), {
      bucket: "pooled-bucket-id",
      key: `models/${SHA256}/model.tar.gz`,
      source: { file: path.join("test", "components", "fixtures", "pooled.tar.gz") },
      contentType: "application/gzip",
    });
    deepEqual(await inputs("pooled", "pooled-nightly-requests"), {
      bucket: "pooled-bucket-id",
      key: "nightly/asked/requests.jsonl",
      content: '{"period":28}\n',
      contentType: "application/jsonlines",
    });
    equal((await inputs("pooled-all", "pooled-all-archive"))["kmsKeyId"], ENDPOINT_KEY);
    equal(
      (await inputs("pooled-all", "pooled-all-nightly-requests"))["content"],
      '{"period":7}\n{"timestamps":["2026-01-01"]}\n',
    );
    const expiring = (prefix: string, days: number) => ({
      id: prefix.slice(0, -1).replace("/", "-"),
      status: "Enabled",
      filter: { prefix },
      expiration: { days },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
    });
    for (const [name, days] of [
      ["pooled", 30],
      ["pooled-all", 90],
    ] as const) {
      const rules = z.array(Named).parse((await inputs(name, `${name}-bucket-lifecycle`))["rules"]);
      deepEqual(
        rules.filter(({ id }) => id !== "abandoned-uploads"),
        [
          ...["asked/", "answered/", "failed/", "nightly/answered/"].map((prefix) => expiring(prefix, days)),
          {
            id: "superseded-versions",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { expiredObjectDeleteMarker: true },
            noncurrentVersionExpiration: { noncurrentDays: 7 },
          },
        ],
      );
    }
  });

  it("gives each way its image and the model, and pays for none of them by itself", async () => {
    const modelDataUrl = `s3://pooled-bucket-id/models/${SHA256}/model.tar.gz`;
    for (const model of ["pooled-model", "pooled-later-model", "pooled-nightly-model"]) {
      deepEqual((await inputs("pooled", model))["primaryContainer"], { image: IMAGE, modelDataUrl });
    }
    const containers = await Promise.all(
      ["pooled-all-model", "pooled-all-later-model", "pooled-all-nightly-model"].map(async (name) =>
        z.object({ image: z.string() }).parse((await inputs("pooled-all", name))["primaryContainer"]),
      ),
    );
    deepEqual(
      containers.map(({ image }) => image.includes("arm64")),
      [false, true, false],
    );
    deepEqual((await inputs("pooled", "pooled-config"))["productionVariants"], [
      {
        variantName: "AllTraffic",
        modelName: "pooled-model",
        serverlessConfig: { memorySizeInMb: 1024, maxConcurrency: 5 },
        initialVariantWeight: 1,
      },
    ]);
    const { minCapacity, maxCapacity } = await inputs("pooled", "pooled-later-scaling");
    deepEqual([minCapacity, maxCapacity], [0, 1]);
    deepEqual((await inputs("pooled", "pooled-later-config"))["asyncInferenceConfig"], {
      outputConfig: { s3OutputPath: "s3://pooled-bucket-id/answered/", s3FailurePath: "s3://pooled-bucket-id/failed/" },
    });
  });

  it("hands on what it is given, and starts runs where there is a schedule", async () => {
    const { resources } = await recordedVariant("pooled-all");
    const names = resources.map(({ name }) => name);
    deepEqual(
      names.filter((name) => name.endsWith("-alarm")),
      [
        "pooled-all-errors-alarm",
        "pooled-all-latency-alarm",
        "pooled-all-memory-alarm",
        "pooled-all-later-errors-alarm",
        "pooled-all-later-memory-alarm",
        "pooled-all-later-waiting-alarm",
        "pooled-all-later-first-instance-alarm",
        "pooled-all-nightly-failed-alarm",
        "pooled-all-nightly-missed-alarm",
      ],
    );
    const schedule = resources.find(({ type }) => type === "aws:scheduler/schedule:Schedule")?.inputs;
    deepEqual(
      [schedule?.["scheduleExpression"], schedule?.["scheduleExpressionTimezone"]],
      ["cron(0 3 * * ? *)", "Europe/Berlin"],
    );
    equal((await inputs("pooled-all", "pooled-all-later-scaling"))["maxCapacity"], 3);
    for (const { inputs: given, name } of resources) {
      const tags = given["tags"];
      if (tags !== undefined) equal(z.record(z.string(), z.string()).parse(tags)["team"], "forecasts", name);
    }
  });

  it("tells what callers need", async () => {
    const { outputs } = await recordedVariant("pooled");
    deepEqual(outputs, {
      bucketName: "pooled-bucket-id",
      modelDataUrl: `s3://pooled-bucket-id/models/${SHA256}/model.tar.gz`,
      endpointName: "frugal-ml-test-pooled",
      endpointArn: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/pooled-endpoint",
      laterEndpointName: "frugal-ml-test-pooled-later",
      laterEndpointArn: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/pooled-later-endpoint",
      askedUri: "s3://pooled-bucket-id/asked/",
      answeredUri: "s3://pooled-bucket-id/answered/",
      pipelineName: "frugal-ml-test-pooled-nightly",
      pipelineParameters: {
        ModelName: "pooled-nightly-model",
        InputUri: "s3://pooled-bucket-id/nightly/asked/",
        OutputUri: "s3://pooled-bucket-id/nightly/answered/",
      },
      nightlyAskedUri: "s3://pooled-bucket-id/nightly/asked/",
      nightlyAnsweredUri: "s3://pooled-bucket-id/nightly/answered/",
    });
  });

  it("refuses what cannot be, all of it at once", () => {
    deepEqual(problems({}), []);
    deepEqual(problems({ archive: "nowhere.tar.gz" }), [
      'archive: given "nowhere.tar.gz"; allowed: path of a file that is there and ends with .tar.gz; the project\'s own are made by `npm run build`',
    ]);
    deepEqual(
      problems(
        { archive: __filename, nightlyRequests: ["{"], answerRetentionDays: 0, tags: { "aws:x": "y" } },
        "n".repeat(25),
      ).map((problem) => problem.split(":")[0]),
      ["name", "nightlyRequests", "archive", "answerRetentionDays", "tags.aws"],
    );
    deepEqual(problems({ nightlyRequests: [] }).length, 1);
    deepEqual(problems({ nightlyRequests: ['{\n"period":1}'] }).length, 1);
  });
});
