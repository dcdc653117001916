import * as pulumi from "@pulumi/pulumi";
import type { ContainerImageArgs, TrainingFleetArgs } from "../../components";

/** Image of the fleets. */
export const IMAGE = `123456789012.dkr.ecr.us-east-1.amazonaws.com/frugal-ml-test/forecast@sha256:${"0a".repeat(32)}`;

/** Digest of the image that is given. */
export const DIGEST = `sha256:${"1b".repeat(32)}`;

/** Key of the fleet that has everything. */
export const FLEET_KEY = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d";

/** Topic that its alarms notify. */
export const FLEET_TOPIC = "arn:aws:sns:us-east-1:123456789012:oncall";

/** Hash of the transformation that it waits for. */
export const FLEET_HASH = "0123456789ab";

/** Arguments of each fleet by name, which is also the name of its component. */
export const FLEET_VARIANTS = {
  fleet: { image: pulumi.output(IMAGE) },
  "fleet-all": {
    image: IMAGE,
    bucket: pulumi.output("our-models"),
    folder: "teams/forecast/",
    dataUri: pulumi.output("s3://our-data/2026/"),
    channels: {
      holidays: "s3://our-data/holidays/",
      weather: pulumi.output("s3://weather-point-0a1b-s3alias/daily/"),
      images: "s3://images-object-lambda--ol-s3/",
    },
    instanceType: "ml.g5.xlarge",
    instanceCount: 3,
    processingInstanceType: "ml.m5.xlarge",
    volumeSizeGb: 100,
    maxRuntimeSeconds: 1800,
    maxWaitSeconds: 7200,
    kmsKeyArn: pulumi.output(FLEET_KEY),
    vpc: { subnetIds: ["subnet-1", pulumi.output("subnet-2")], securityGroupIds: ["sg-1"] },
    networkIsolation: true,
    schedule: "cron(0 2 * * ? *)",
    scheduleTimezone: "Europe/Berlin",
    expectedCustomers: 1,
    completeness: {
      source: "our-originals",
      derived: pulumi.output("our-derived"),
      hash: pulumi.output(FLEET_HASH),
      allowQuarantined: true,
    },
    retainVersions: 3,
    logRetentionDays: 365,
    alarms: true,
    alarmTopics: [pulumi.output(FLEET_TOPIC)],
    modelOptions: '{"yearly":false}',
    modelModule: "/opt/program/ours.js",
    hyperparameters: { epochs: "3" },
    savingsPlan: { term: "3yr", payment: "all-upfront", share: 0.25 },
    costAllocation: { environment: "prod", costCenter: "ml" },
    tags: { team: "energy" },
  },
  "fleet-images": {
    image: IMAGE,
    split: false,
    channels: { images: pulumi.output("s3://our-derived/0123456789ab/") },
    shardChannels: true,
    spot: false,
    instanceType: "ml.g5.xlarge",
    instanceCount: 1,
    runRetentionDays: 30,
    forceDestroy: true,
  },
} satisfies Record<string, TrainingFleetArgs>;

/** Arguments of each image by name. */
export const IMAGE_VARIANTS = {
  "image-given": { repository: "ours/forecast", digest: pulumi.output(DIGEST), keepImages: 3, kmsKeyArn: FLEET_KEY },
  "image-built": { context: "..", dockerfile: "containers/forecast/Dockerfile", platform: "linux/arm64" },
} satisfies Record<string, ContainerImageArgs>;
