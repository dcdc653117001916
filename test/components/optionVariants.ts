import * as pulumi from "@pulumi/pulumi";
import type {
  AsyncEndpointArgs,
  BatchTransformArgs,
  InferencePipelineEndpointArgs,
  MultiContainerEndpointArgs,
  RealTimeEndpointArgs,
  ServerlessEndpointArgs,
} from "../../components";
import { ENDPOINT_KEY, ENDPOINT_TOPIC } from "./endpointVariants";
import { IMAGE } from "./fleetVariants";

/** Archive of the model that the options host. */
export const ARCHIVE = "s3://our-models/churn/v1/model.tar.gz";

/** Topics that hear of asynchronous answers and failures. */
export const ANSWERS = "arn:aws:sns:us-east-1:123456789012:answers";
export const FAILURES = "arn:aws:sns:us-east-1:123456789012:failures";

const VPC = { subnetIds: ["subnet-1", pulumi.output("subnet-2")], securityGroupIds: ["sg-1"] };

/** Arguments of each RealTimeEndpoint by name, which is also the name of its component; so below. */
export const REAL_TIME_VARIANTS = {
  live: { image: pulumi.output(IMAGE) },
  "live-framework": {
    framework: "pytorch",
    frameworkVersion: "2.4",
    modelDataUrl: pulumi.output(ARCHIVE),
    environment: { LOG_LEVEL: "warn" },
    savingsPlan: { term: "1yr", payment: "no-upfront", share: 0.5 },
    minInstances: 2,
  },
  "live-variants": {
    variants: [
      { name: "AllTraffic", image: IMAGE, modelDataUrl: ARCHIVE, weight: 9, minInstances: 2, maxInstances: 6 },
      {
        name: "candidate",
        framework: "xgboost",
        frameworkVersion: "1.7-1",
        modelDataUrl: ARCHIVE,
        instanceType: "ml.m5.large",
        maxInstances: 1,
      },
    ],
    alarms: true,
    alarmTopics: [ENDPOINT_TOPIC],
    kmsKeyArn: ENDPOINT_KEY,
    captureUri: "s3://our-captures/",
    vpc: VPC,
    networkIsolation: false,
  },
  "live-shadow": {
    image: IMAGE,
    modelDataUrl: ARCHIVE,
    maxInstances: 1,
    shadow: { framework: "sklearn", frameworkVersion: "1.0-1", modelDataUrl: ARCHIVE, samplePercent: 25 },
  },
} satisfies Record<string, RealTimeEndpointArgs>;

export const SERVERLESS_VARIANTS = {
  bare: { image: IMAGE },
  "bare-ready": {
    framework: "tensorflow",
    frameworkVersion: "2.19",
    modelDataUrl: ARCHIVE,
    memoryMb: 6144,
    maxConcurrency: 200,
    provisionedConcurrency: 2,
    maxProvisionedConcurrency: 10,
    targetUtilizationPercent: 50,
    alarms: true,
    kmsKeyArn: ENDPOINT_KEY,
  },
} satisfies Record<string, ServerlessEndpointArgs>;

export const ASYNC_VARIANTS = {
  later: { image: IMAGE, inputUri: "s3://our-audio/in/", outputUri: "s3://our-audio/out/" },
  "later-all": {
    image: IMAGE,
    modelDataUrl: ARCHIVE,
    inputUri: pulumi.output("s3://our-audio/in/"),
    outputUri: "s3://our-audio/out/",
    failureUri: "s3://our-audio/failed/",
    successTopic: pulumi.output(ANSWERS),
    errorTopic: FAILURES,
    includeResponse: true,
    minInstances: 1,
    maxInstances: 3,
    targetBacklog: 2,
    scaleInCooldownSeconds: 600,
    scaleOutCooldownSeconds: 120,
    maxConcurrentInvocations: 4,
    alarms: true,
    alarmTopics: [ENDPOINT_TOPIC],
    alarmThresholds: { latencyMs: 30_000 },
    oldestRequestSeconds: 300,
    kmsKeyArn: ENDPOINT_KEY,
    vpc: VPC,
  },
  "later-quiet": {
    image: IMAGE,
    inputUri: "s3://our-audio/in/",
    outputUri: "s3://our-audio/out/",
    errorTopic: FAILURES,
    alarms: true,
    scaleOutCooldownSeconds: 120,
  },
} satisfies Record<string, AsyncEndpointArgs>;

export const BATCH_VARIANTS = {
  nightly: { image: IMAGE, inputUri: "s3://our-customers/daily/", outputUri: "s3://our-customers/churn/" },
  "nightly-all": {
    framework: "xgboost",
    frameworkVersion: "1.7-1",
    modelDataUrl: ARCHIVE,
    inputUri: pulumi.output("s3://our-customers/daily/"),
    outputUri: pulumi.output("s3://our-customers/churn/"),
    contentType: "text/csv",
    accept: "text/csv",
    splitType: "Line",
    gzip: true,
    inputFilter: "$[1:]",
    outputFilter: "$[0,-1]",
    joinInput: true,
    maxConcurrentTransforms: 4,
    maxPayloadMb: 25,
    invocationTimeoutSeconds: 60,
    invocationRetries: 1,
    instanceCount: 2,
    schedule: pulumi.output("cron(0 2 * * ? *)"),
    scheduleTimezone: "Europe/Berlin",
    kmsKeyArn: pulumi.output(ENDPOINT_KEY),
    vpc: VPC,
    networkIsolation: false,
    alarms: true,
    alarmTopics: [ENDPOINT_TOPIC],
    savingsPlan: { term: "3yr", payment: "all-upfront" },
  },
} satisfies Record<string, BatchTransformArgs>;

export const CONTAINERS_VARIANTS = {
  several: {
    instanceType: "ml.m7g.xlarge",
    containers: [
      { name: "prices", framework: "xgboost", frameworkVersion: "1.5-1", modelDataUrl: ARCHIVE },
      { name: "texts", image: IMAGE, environment: { LOG_LEVEL: "warn" } },
    ],
    alarms: true,
    savingsPlan: { term: "1yr", payment: "no-upfront" },
  },
} satisfies Record<string, MultiContainerEndpointArgs>;

export const PIPELINE_VARIANTS = {
  serial: {
    containers: [
      { name: "features", image: IMAGE },
      { name: "forecast", image: IMAGE, multiModel: true, modelPrefixUrl: "s3://our-models/teams/forecast/models/" },
    ],
    maxInstances: 1,
  },
} satisfies Record<string, InferencePipelineEndpointArgs>;
