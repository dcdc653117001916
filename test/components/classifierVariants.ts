import * as pulumi from "@pulumi/pulumi";
import type { ClassifierApiArgs } from "../../components";

/** Key that variant `sorted` is encrypted with. */
export const KEY = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d";

/** Topic that its alarms notify. */
export const TOPIC = "arn:aws:sns:us-east-1:123456789012:oncall";

/** SHA-256 of nothing in particular. */
export const MODEL_SHA = "0a".repeat(32);
export const LABELS_SHA = "0b".repeat(32);

/** Key that encrypts the logs of variant `sorted`. */
export const LOG_KEY = "arn:aws:kms:us-east-1:123456789012:key/4e5f6a7b";

/** Model, labels and picture of this repository. */
export const FILES = {
  modelPath: "examples/classifier/model.onnx",
  labelsPath: "examples/classifier/labels.json",
} as const;

/** Model and labels that somebody else put into S3. */
export const GIVEN = {
  modelUri: pulumi.output("s3://our-models/animals/3/model.onnx"),
  modelSha256: pulumi.output(MODEL_SHA),
  labelsUri: "s3://our-models/animals/3/labels.json",
  labelsSha256: LABELS_SHA,
} as const;

/** Arguments of each ClassifierApi by name, which is also the name of its component. */
export const CLASSIFIER_VARIANTS = {
  digits: FILES,
  given: { ...GIVEN, defaultImageUri: "s3://our-pictures/panda.jpg" },
  sorted: {
    ...FILES,
    defaultImagePath: "examples/classifier/pictures/3-0.png",
    input: { width: 28, height: 28, channels: "grey", mean: [0], scale: [0.00392156862745098] },
    limits: { bytes: 1_000_000 },
    imageLinkHosts: ["pictures.example.com", "*.example.org"],
    imageLinkSchemes: ["https", "http"],
    topK: 3,
    throttleRate: pulumi.output(5),
    throttleBurst: 10,
    memorySize: pulumi.output(3008),
    timeout: 10,
    ephemeralStorageMb: 1024,
    runtime: "nodejs22.x",
    reservedConcurrency: 20,
    provisionedConcurrency: 2,
    stream: { batchSize: 50, batchWindowSeconds: 5, maximumConcurrency: 4, timeout: pulumi.output(60), maxReceives: 3 },
    kmsKeyArn: pulumi.output(KEY),
    logKmsKeyArn: LOG_KEY,
    logRetentionDays: 365,
    alarms: true,
    alarmTopics: [pulumi.output(TOPIC)],
    alarmThresholds: { errorPercent: 2 },
    forceDestroy: true,
    costAllocation: { environment: "prod", costCenter: "ml" },
    tags: { team: "vision" },
  },
  tokens: { ...GIVEN, authorization: "jwt", jwtIssuer: "https://login.example.com/pool", jwtAudiences: ["app"] },
  direct: {
    ...GIVEN,
    front: "function-url",
    timeout: 300,
    alarms: true,
    stream: { pictureUris: ["s3://our-pictures/in/"], results: "queue" },
  },
  "open-direct": { ...GIVEN, front: "function-url", authorization: "open", provisionedConcurrency: 1 },
  open: {
    ...GIVEN,
    authorization: "open",
    stream: { pictureUris: ["s3://our-pictures/in/"], resultsUri: pulumi.output("s3://our-results/labels/") },
  },
} satisfies Record<string, ClassifierApiArgs>;
