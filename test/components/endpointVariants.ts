import * as pulumi from "@pulumi/pulumi";
import type { MultiModelEndpointArgs } from "../../components";
import { IMAGE } from "./fleetVariants";

/** Where the models of the endpoints are. */
export const MODELS = "s3://our-models/teams/forecast/models/";

/** Key of the endpoints that have one. */
export const ENDPOINT_KEY = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d";

/** Topic that the alarms of the endpoint that has everything notify. */
export const ENDPOINT_TOPIC = "arn:aws:sns:us-east-1:123456789012:oncall";

/** Arguments of each endpoint by name, which is also the name of its component. */
export const ENDPOINT_VARIANTS = {
  endpoint: { image: pulumi.output(IMAGE), modelDataUrl: pulumi.output(MODELS) },
  "endpoint-all": {
    image: IMAGE,
    modelDataUrl: MODELS,
    instanceType: "ml.m6g.xlarge",
    minInstances: 4,
    maxInstances: 9,
    targetInvocations: 3000,
    scaleInCooldownSeconds: 600,
    scaleOutCooldownSeconds: 0,
    volumeSizeGb: 50,
    canaryPercent: 50,
    bakeSeconds: 600,
    cacheModels: false,
    modelMemoryMb: 2048,
    modelModule: "/opt/program/ours.js",
    environment: { FRUGAL_ML_ISOLATION: "process", LOG_LEVEL: pulumi.output("warn") },
    alarms: true,
    alarmTopics: [pulumi.output(ENDPOINT_TOPIC)],
    alarmThresholds: { errorPercent: pulumi.output(0.5), latencyMs: pulumi.output(250), memoryPercent: 80 },
    cacheAlarmThresholds: { loadingWaitMs: pulumi.output(500) },
    capturePercent: 10,
    captureUri: pulumi.output("s3://our-captures/forecasts/"),
    kmsKeyArn: pulumi.output(ENDPOINT_KEY),
    vpc: { subnetIds: ["subnet-1", pulumi.output("subnet-2")], securityGroupIds: ["sg-1"] },
    networkIsolation: false,
    logRetentionDays: 365,
    savingsPlan: { term: "1yr", payment: "partial-upfront", share: 0.5 },
    costAllocation: { environment: "prod", costCenter: "ml" },
    tags: { team: "energy" },
  },
  "endpoint-fixed": {
    image: IMAGE,
    modelDataUrl: "s3://our-models/models/",
    instanceType: "ml.c6gd.large",
    minInstances: 2,
    maxInstances: 2,
    captureUri: "s3://our-captures/",
    kmsKeyArn: ENDPOINT_KEY,
    alarms: true,
    savingsPlan: { term: "3yr", payment: "all-upfront" },
  },
} satisfies Record<string, MultiModelEndpointArgs>;
