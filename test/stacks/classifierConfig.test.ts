import { deepEqual } from "node:assert/strict";
import { configured, problemsOf } from "./configProblems";

const given = (classifier: object): readonly string[] => problemsOf(configured({}, {}, {}, {}, classifier));

describe("stack configuration of the classifier", () => {
  it("takes every key that it documents", () => {
    const problems = given({
      modelUri: "s3://our-models/animals/3/model.onnx",
      modelSha256: "0a".repeat(32),
      labelsUri: "s3://our-models/animals/3/labels.json",
      labelsSha256: "0b".repeat(32),
      defaultImagePath: "panda.jpg",
      defaultImageUri: "s3://our-pictures/panda.jpg",
      input: { width: 224, height: 224, layout: "nchw", mean: [124, 116, 104], scale: [0.017, 0.018, 0.017] },
      topK: 3,
      limits: { bytes: 1_000_000, pixels: 1_000_000, linkMs: 1000, redirects: 0 },
      imageLinkHosts: ["pictures.example.com"],
      imageLinkSchemes: ["https"],
      front: "function-url",
      authorization: "jwt",
      jwtIssuer: "https://login.example.com",
      jwtAudiences: ["app"],
      throttleRate: 5,
      throttleBurst: 10,
      timeout: 60,
      ephemeralStorageMb: 1024,
      runtime: "nodejs22.x",
      reservedConcurrency: 0,
      provisionedConcurrency: 2,
      stream: {
        pictureUris: ["s3://our-pictures/in/"],
        results: "bucket",
        resultsUri: "s3://our-results/",
        batchSize: 100,
        batchWindowSeconds: 5,
        maximumConcurrency: 20,
        timeout: 300,
        maxReceives: 3,
      },
      kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0a1b",
      logKmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0a1b",
      alarms: true,
      alarmTopics: ["arn:aws:sns:us-east-1:123456789012:oncall"],
      alarmThresholds: { errorPercent: 0.5, durationPercent: 90 },
    });
    deepEqual(problems, []);
  });

  it("names every wrong and unknown key at once", () => {
    const problems = given({
      modelPath: "",
      modelUri: "s3://our-models/",
      modelSha256: "0A",
      input: { width: 0, colour: "grey" },
      topK: 101,
      limits: { bytes: 0 },
      imageLinkHosts: "*",
      front: "rest-api",
      authorization: "none",
      jwtIssuer: "http://login.example.com",
      jwtAudiences: [""],
      throttleRate: 0,
      throttleBurst: 5001,
      memorySize: 64,
      timeout: 901,
      ephemeralStorageMb: 511,
      runtime: "nodejs18.x",
      provisionedConcurrency: -1,
      stream: { results: "topic", batchSize: 0, fifo: true },
      kmsKeyArn: "alias/pictures",
      logRetentionDays: 8,
      alarmThresholds: { latencyMs: 5 },
      forceDestroy: null,
      memory: 512,
    });
    deepEqual(
      problems.map((problem) => problem.split(":")[0]).sort(),
      [
        "alarmThresholds.latencyMs",
        "authorization",
        "ephemeralStorageMb",
        "forceDestroy",
        "front",
        "imageLinkHosts",
        "input.colour",
        "input.width",
        "jwtAudiences.0",
        "jwtIssuer",
        "kmsKeyArn",
        "limits.bytes",
        "logRetentionDays",
        "memory",
        "memorySize",
        "modelPath",
        "modelSha256",
        "modelUri",
        "provisionedConcurrency",
        "runtime",
        "stream.batchSize",
        "stream.fifo",
        "stream.results",
        "throttleBurst",
        "throttleRate",
        "timeout",
        "topK",
      ].map((key) => `classifier.${key}`),
    );
    deepEqual(
      problems.filter((problem) => /\.(front|topK|memorySize)/.test(problem)),
      [
        "classifier.topK: 101; an integer from 1 to 100 labels",
        'classifier.front: "rest-api"; one of http-api, function-url',
        "classifier.memorySize: 64; an integer from 128 to 10240 MB",
      ],
    );
  });
});
