import * as pulumi from "@pulumi/pulumi";
import {
  AsyncEndpoint,
  type AsyncEndpointArgs,
  BatchTransform,
  type BatchTransformArgs,
  ClassifierApi,
  type ClassifierApiArgs,
  ContainerImage,
  type ContainerImageArgs,
  InferencePipelineEndpoint,
  type InferencePipelineEndpointArgs,
  MultiContainerEndpoint,
  type MultiContainerEndpointArgs,
  MultiModelEndpoint,
  type MultiModelEndpointArgs,
  NormalizingAccessPoint,
  type NormalizingAccessPointArgs,
  PooledModel,
  type PooledModelArgs,
  RealTimeEndpoint,
  type RealTimeEndpointArgs,
  SavingsPlanCoverage,
  type SavingsPlanCoverageArgs,
  ServerlessEndpoint,
  type ServerlessEndpointArgs,
  TrainingFleet,
  type TrainingFleetArgs,
} from "../../components";
import { CLASSIFIER_VARIANTS } from "./classifierVariants";
import { ENDPOINT_VARIANTS } from "./endpointVariants";
import { FLEET_VARIANTS, IMAGE_VARIANTS } from "./fleetVariants";
import {
  ASYNC_VARIANTS,
  BATCH_VARIANTS,
  CONTAINERS_VARIANTS,
  PIPELINE_VARIANTS,
  REAL_TIME_VARIANTS,
  SERVERLESS_VARIANTS,
} from "./optionVariants";
import { POOLED_VARIANTS } from "./pooledVariants";
import { SAVINGS_VARIANTS } from "./savingsVariants";

/** A resource while the program runs. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly resource: pulumi.Resource;
  readonly parent?: pulumi.Resource;
}

/** A component and everything registered with it, in order, itself first. */
export interface BuiltVariant {
  readonly component: pulumi.ComponentResource;
  readonly registrations: readonly Registration[];
}

/** Readers of the variants that have them. */
export const READERS = {
  training: "arn:aws:iam::123456789012:role/training",
  audit: "arn:aws:iam::999999999999:role/audit",
} as const;

/** Topic that the alarms of variant `alarms` notify. */
export const TOPIC = "arn:aws:sns:us-east-1:123456789012:oncall";

/** Key that the variants `sealed` are encrypted with. */
export const KEY = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d";

/** Key of another account, which encrypts its bucket. */
const FOREIGN_KEY = "arn:aws:kms:us-east-1:999999999999:key/9f8e7d6c";

/** Archive of the variant `module`, as `frugal-ml bundle` writes them. */
export const MODULE_ARCHIVE = "test/components/fixtures/module.zip";

/** Network of the variants `private`. */
const VPC = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: [pulumi.output("sg-1")],
  routeTableIds: ["rtb-1"],
};

/** Arguments of each variant by name, which is also the name of its component. */
const VARIANTS = {
  url: {},
  lambda: { deliveries: ["object-lambda"] },
  both: { deliveries: ["function-url", "object-lambda"] },
  foreign: { bucket: pulumi.output("their-photos"), bucketAccountId: "999999999999" },
  readers: { deliveries: ["object-lambda", "function-url"], readers: READERS },
  alarms: { alarms: true, alarmTopics: [pulumi.output(TOPIC)] },
  watched: {
    deliveries: ["object-lambda", "function-url"],
    timeout: 60,
    alarms: true,
    alarmThresholds: { errorPercent: pulumi.output(5), durationPercent: 50 },
    dashboard: true,
  },
  derived: {
    deliveries: ["materialized"],
    alarms: true,
    alarmTopics: [TOPIC],
    retired: ["0123456789ab"],
    timeout: pulumi.output(20),
    deriveConcurrency: 3,
  },
  every: { deliveries: ["materialized", "object-lambda", "function-url"], forceDestroy: true },
  "foreign-derived": {
    deliveries: ["materialized"],
    bucket: "their-photos",
    bucketAccountId: "999999999999",
  },
  "given-derived": { deliveries: ["materialized"], bucket: "our-photos", notifyBucket: true },
  sealed: {
    deliveries: ["function-url", "object-lambda", "materialized"],
    kmsKeyArn: pulumi.output(KEY),
    readers: READERS,
  },
  "sealed-url": { bucket: "our-photos", kmsKeyArn: KEY },
  "sealed-foreign": { bucket: "their-photos", bucketAccountId: "999999999999", kmsKeyArn: FOREIGN_KEY },
  "sealed-sharing": {
    deliveries: ["object-lambda"],
    kmsKeyArn: KEY,
    sharedFunction: "arn:aws:lambda:us-east-1:123456789012:function:images-function-0a1b2c3",
    sharedRole: "images-role-0a1b2c3",
  },
  sharing: {
    deliveries: ["object-lambda"],
    transformation: { width: 64 },
    readers: { training: READERS.training },
    sharedFunction: pulumi.output("arn:aws:lambda:us-east-1:123456789012:function:images-function-0a1b2c3"),
    sharedRole: "images-role-0a1b2c3",
  },
  "foreign-lambda": {
    deliveries: ["object-lambda"],
    bucket: "their-photos",
    bucketAccountId: "999999999999",
    readers: READERS,
  },
  private: { deliveries: ["materialized"], vpc: VPC },
  module: { code: MODULE_ARCHIVE, moduleOptions: '{ "keep": ["age"] }', noncurrentDays: 30 },
  "private-given": { deliveries: ["materialized"], vpc: { ...VPC, routeTableIds: undefined } },
  disposable: { forceDestroy: true },
  rgb: {
    deliveries: ["object-lambda"],
    transformation: { width: 320, height: undefined, channels: "rgb", quality: 80 },
  },
  tuned: {
    memorySize: pulumi.output(1769),
    timeout: Promise.resolve(60),
    runtime: "nodejs22.x",
    reservedConcurrency: 5,
    logRetentionDays: 365,
    costAllocation: { environment: "prod", costCenter: "ml" },
    tags: { team: "vision" },
  },
} satisfies Record<string, NormalizingAccessPointArgs>;

/** Name of a variant. */
export type VariantName =
  | keyof typeof VARIANTS
  | keyof typeof CLASSIFIER_VARIANTS
  | keyof typeof FLEET_VARIANTS
  | keyof typeof IMAGE_VARIANTS
  | keyof typeof ENDPOINT_VARIANTS
  | keyof typeof REAL_TIME_VARIANTS
  | keyof typeof SERVERLESS_VARIANTS
  | keyof typeof ASYNC_VARIANTS
  | keyof typeof BATCH_VARIANTS
  | keyof typeof CONTAINERS_VARIANTS
  | keyof typeof PIPELINE_VARIANTS
  | keyof typeof POOLED_VARIANTS
  | keyof typeof SAVINGS_VARIANTS;

/** Builds every variant. */
export function buildVariants(): ReadonlyMap<string, BuiltVariant> {
  const built = <T>(variants: Readonly<Record<string, T>>, make: Make<T>) =>
    Object.entries(variants).map(([name, args]) => [name, build(name, args, make)] as const);
  return new Map([
    ...built<NormalizingAccessPointArgs>(VARIANTS, (...given) => new NormalizingAccessPoint(...given)),
    ...built<ClassifierApiArgs>(CLASSIFIER_VARIANTS, (...given) => new ClassifierApi(...given)),
    ...built<TrainingFleetArgs>(FLEET_VARIANTS, (...given) => new TrainingFleet(...given)),
    ...built<ContainerImageArgs>(IMAGE_VARIANTS, (...given) => new ContainerImage(...given)),
    ...built<MultiModelEndpointArgs>(ENDPOINT_VARIANTS, (...given) => new MultiModelEndpoint(...given)),
    ...built<RealTimeEndpointArgs>(REAL_TIME_VARIANTS, (...given) => new RealTimeEndpoint(...given)),
    ...built<ServerlessEndpointArgs>(SERVERLESS_VARIANTS, (...given) => new ServerlessEndpoint(...given)),
    ...built<AsyncEndpointArgs>(ASYNC_VARIANTS, (...given) => new AsyncEndpoint(...given)),
    ...built<BatchTransformArgs>(BATCH_VARIANTS, (...given) => new BatchTransform(...given)),
    ...built<MultiContainerEndpointArgs>(CONTAINERS_VARIANTS, (...given) => new MultiContainerEndpoint(...given)),
    ...built<InferencePipelineEndpointArgs>(PIPELINE_VARIANTS, (...given) => new InferencePipelineEndpoint(...given)),
    ...built<PooledModelArgs>(POOLED_VARIANTS, (...given) => new PooledModel(...given)),
    ...built<SavingsPlanCoverageArgs>(SAVINGS_VARIANTS, (...given) => new SavingsPlanCoverage(...given)),
  ]);
}

type Make<T> = (name: string, args: T, options: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;

function build<T>(name: string, args: T, make: Make<T>): BuiltVariant {
  const registrations: Registration[] = [];
  const component = make(name, args, {
    transformations: [
      ({ type, name: resourceName, resource, opts: { parent } }) => {
        registrations.push({ type, name: resourceName, resource, parent });
        return undefined;
      },
    ],
  });
  return { component, registrations };
}
