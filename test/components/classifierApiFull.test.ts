import { deepEqual, equal } from "node:assert/strict";
import { FILES, KEY, LOG_KEY, TOPIC } from "./classifierVariants";
import {
  classifierTags,
  environmentOf,
  expectedClassifierFunction,
  expectedHttpApi,
  expectedStream,
  objectsOf,
  receivePictures,
  shaOf,
  uploaded,
} from "./expectedClassifier";
import { expectedDeadLetterAlarm } from "./expectedDeadLetterAlarm";
import { allow } from "./expectedFleet";
import type { Expected } from "./expectedResources";
import { recordedVariant } from "./recordedProgram";

const PICTURE = "examples/classifier/pictures/3-0.png";

describe("ClassifierApi, given everything", function () {
  this.timeout(120_000);

  it("makes all that its arguments ask for", async () => {
    const name = "sorted";
    const tags = {
      ...classifierTags(name),
      "frugal-ml:environment": "prod",
      "frugal-ml:cost-center": "ml",
      team: "vision",
    };
    const logs = { retentionInDays: 365, kmsKeyId: LOG_KEY };
    const files = [
      [FILES.modelPath, "model.onnx"],
      [FILES.labelsPath, "labels.json"],
    ] as const;
    const environment = environmentOf(name, {
      FRUGAL_ML_CLASSIFIER_INPUT: '{"width":28,"height":28,"channels":"grey","mean":[0],"scale":[0.00392156862745098]}',
      FRUGAL_ML_CLASSIFY_LIMITS: '{"bytes":1000000}',
      FRUGAL_ML_IMAGELINK: '{"hosts":["pictures.example.com","*.example.org"],"schemes":["https","http"]}',
      FRUGAL_ML_TOP_K: "3",
    });
    const image = `s3://sorted-bucket-id/models/${shaOf(PICTURE)}/image`;
    const lambda = { runtime: "nodejs22.x", memorySize: 3008, ephemeralStorage: { size: 1024 } };
    const useKey = (Sid: string, Action: unknown, services: readonly string[]) => ({
      Sid,
      Effect: "Allow",
      Action,
      Resource: KEY,
      Condition: {
        StringEquals: { "kms:ViaService": services.map((service) => `${service}.us-east-1.amazonaws.com`) },
      },
    });
    const children = (await recordedVariant(name)).resources.slice(1);
    const bucket = children.filter(({ name: child }) => /^sorted-bucket/.test(child)).map(({ name: child }) => child);
    equal(bucket.length, 6);
    const encryption = children.find(({ name: child }) => child === "sorted-bucket-encryption");
    deepEqual(encryption?.inputs["rules"], [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
        bucketKeyEnabled: true,
      },
    ]);
    const alarms = children.filter(({ type }) => type.endsWith(":MetricAlarm"));
    deepEqual(
      alarms.map((alarm) => [alarm.name, alarm.inputs["alarmActions"]]),
      [
        "errors",
        "throttles",
        "duration",
        "gateway",
        "stream-errors",
        "stream-throttles",
        "stream-duration",
        "dead-letters",
      ].map((part) => [`sorted-${part}-alarm`, [TOPIC]]),
    );
    const expected: Expected = {
      ...uploaded(name, "model", FILES.modelPath, "model.onnx", tags),
      ...uploaded(name, "labels", FILES.labelsPath, "labels.json", tags),
      ...uploaded(name, "default-image", PICTURE, "image", tags),
      ...expectedClassifierFunction(name, {
        tags,
        logs,
        environment: { ...environment, FRUGAL_ML_DEFAULT_IMAGE: image },
        lambda: { ...lambda, timeout: 10, reservedConcurrentExecutions: 20, publish: true },
        statements: [
          allow("ReadModel", "s3:GetObject", objectsOf(name, ...files, [PICTURE, "image"])),
          useKey("DecryptObjects", "kms:Decrypt", ["s3"]),
        ],
      }),
      "aws:lambda/alias:Alias sorted-alias": {
        name: "live",
        functionName: "sorted-function",
        functionVersion: "7",
      },
      "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig sorted-warm": {
        functionName: "sorted-function",
        qualifier: "live",
        provisionedConcurrentExecutions: 2,
      },
      ...expectedHttpApi(name, { tags, logs, throttle: [5, 10], alias: true }),
      ...expectedStream(name, {
        tags,
        logs,
        timeout: 60,
        maxReceives: 3,
        encryption: { kmsMasterKeyId: KEY },
        environment: { ...environment, FRUGAL_ML_RESULTS: "s3://sorted-bucket-id/results/" },
        lambda: { ...lambda, timeout: 60 },
        mapping: {
          batchSize: 50,
          maximumBatchingWindowInSeconds: 5,
          scalingConfig: { maximumConcurrency: 4 },
        },
        statements: [
          allow("ReadModel", "s3:GetObject", objectsOf(name, ...files)),
          allow("ReadPictures", "s3:GetObject", ["arn:aws:s3:::sorted-bucket-id/pictures/*"]),
          allow("ListPictures", "s3:ListBucket", ["arn:aws:s3:::sorted-bucket-id"]),
          receivePictures(name),
          allow("WriteResults", "s3:PutObject", ["arn:aws:s3:::sorted-bucket-id/results/*"]),
          useKey("UseKeyOfObjectsAndQueues", ["kms:Decrypt", "kms:GenerateDataKey"], ["s3", "sqs"]),
        ],
      }),
    };
    const others = children.filter((child) => !alarms.includes(child) && !bucket.includes(child.name));
    deepEqual(
      others.map((child) => `${child.type} ${child.name}`),
      Object.keys(expected),
    );
    for (const child of others) deepEqual(child.inputs, expected[`${child.type} ${child.name}`], child.name);
    const gateway = alarms.find((alarm) => alarm.name === "sorted-gateway-alarm");
    deepEqual(gateway?.inputs, {
      alarmDescription: "Of the requests to sorted, the HTTP API answers too many with 500 or above.",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [TOPIC],
      tags,
      metricQueries: [
        {
          id: "rate",
          label: "Failed requests (%)",
          expression: "100 * FILL(failed, 0) / requests",
          returnData: true,
        },
        ...["5xx", "Count"].map((metricName) => ({
          id: metricName === "5xx" ? "failed" : "requests",
          metric: {
            namespace: "AWS/ApiGateway",
            metricName,
            dimensions: { ApiId: "sorted-api-id", Stage: "$default" },
            stat: "Sum",
            period: 300,
          },
        })),
      ],
      threshold: 2,
      comparisonOperator: "GreaterThanThreshold",
    });
    const dead = alarms.find((alarm) => alarm.name === "sorted-dead-letters-alarm");
    deepEqual(
      { [`aws:cloudwatch/metricAlarm:MetricAlarm ${dead?.name}`]: dead?.inputs },
      expectedDeadLetterAlarm(name, "Pictures of sorted could not be classified", [TOPIC], tags),
    );
  });
});
